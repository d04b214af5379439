namespace Orleans.Sessions;

/// <summary>The policies that the silos enforce, as the silos are configured. Every key works: use 0.</summary>
[Alias("sessions.IPoliciesGrain")]
public interface IPoliciesGrain : IGrainWithIntegerKey
{
    /// <summary>The policies. Needs <c>policy.read</c> on the instance, or on <paramref name="organizationId"/> if it is given.</summary>
    [Alias("Get")]
    Task<InstallationPolicies> GetAsync(Caller caller, string? organizationId);
}
