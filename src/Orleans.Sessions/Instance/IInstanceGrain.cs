namespace Orleans.Sessions.Instance;

/// <summary>
/// This installation of the service (key <see cref="GrainKeys.Instance"/>): its id, its default organization and the first administrator.
/// The ids are made once, at the first start of the first node.
/// </summary>
[Alias("sessions.IInstanceGrain")]
public interface IInstanceGrain : IGrainWithStringKey
{
    /// <summary>The ids; the first call makes them durable.</summary>
    [Alias("Get")]
    Task<InstanceIdentity> GetAsync();

    /// <summary>
    /// Creates the first administrator, a machine user with <c>IAM_OWNER</c> and <c>IAM_LOGIN_CLIENT</c>, unless there is one already.
    /// Returns whether <paramref name="token"/> belongs to the first administrator. It is a personal access token that names its user id.
    /// The caller must store it before the call and repeat the call with the same token, so that neither a crash nor a lost answer loses
    /// the only key.
    /// </summary>
    [Alias("Bootstrap")]
    Task<bool> BootstrapAsync(string token);
}

/// <summary>The ids of an installation.</summary>
/// <param name="InstanceId">The owner of all sessions (<c>details.resourceOwner</c>).</param>
/// <param name="OrganizationId">The organization of users created without one.</param>
[GenerateSerializer, Immutable, Alias("sessions.InstanceIdentity")]
public sealed record InstanceIdentity([property: Id(0)] string InstanceId, [property: Id(1)] string OrganizationId);
