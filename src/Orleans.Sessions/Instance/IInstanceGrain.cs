namespace Orleans.Sessions.Instance;

/// <summary>
/// This installation of the service (key <see cref="GrainKeys.Instance"/>): its id, its default organization and the first administrator. The ids are
/// made once, at the first start of the first node.
/// </summary>
[Alias("sessions.IInstanceGrain")]
public interface IInstanceGrain : IGrainWithStringKey
{
    /// <summary>The ids, made durable on the first call.</summary>
    [Alias("Get")]
    Task<InstanceIdentity> GetAsync();

    /// <summary>
    /// Makes the first administrator, a machine user with <c>IAM_OWNER</c> and <c>IAM_LOGIN_CLIENT</c>, unless there was one before.
    /// Returns whether the first administrator is the one of <paramref name="token"/>, a personal access token that names its user id; the caller has stored
    /// it already, so that neither a crash nor a lost answer loses the only key, and comes again with the same one.
    /// </summary>
    [Alias("Bootstrap")]
    Task<bool> BootstrapAsync(string token);
}

/// <summary>The ids of an installation.</summary>
/// <param name="InstanceId">Owns all sessions (<c>details.resourceOwner</c>).</param>
/// <param name="OrganizationId">The organization users belong to when none is named.</param>
[GenerateSerializer, Immutable, Alias("sessions.InstanceIdentity")]
public sealed record InstanceIdentity([property: Id(0)] string InstanceId, [property: Id(1)] string OrganizationId);
