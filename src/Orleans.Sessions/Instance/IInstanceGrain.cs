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

    /// <summary>
    /// Creates another administrator with the rights of the first one, for whoever runs the machine. <paramref name="token"/> is a personal
    /// access token that names the new user's id. The caller must store it before the call, and may repeat the call with the same token.
    /// Returns the user's id. Fails with <c>AUTH-7fs1e</c>.
    /// </summary>
    [Alias("Recover")]
    Task<string> RecoverAsync(string token);
}
