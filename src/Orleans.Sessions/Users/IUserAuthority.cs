using Orleans.Concurrency;

namespace Orleans.Sessions.Users;

/// <summary>
/// What grains that store data of the user elsewhere ask the user's grain (key <see cref="GrainKeys.User"/>), because it has the only rule
/// about who may act on the user.
/// </summary>
[Alias("sessions.IUserAuthority")]
internal interface IUserAuthority : IGrainWithStringKey
{
    /// <summary>
    /// Fails with <c>AUTH-AWfge</c> unless the caller is the user or has <paramref name="permission"/>. For a change the caller also needs
    /// all rights that the user has; login frontends do not. Fails with <c>QUERY-Dfbg2</c> if the caller may act but no such user exists.
    /// </summary>
    [AlwaysInterleave]
    [Alias("EnsureMay")]
    Task EnsureMayAsync(Caller caller, Permission permission);

    /// <summary>
    /// Deletes the user if the request with this id (<see cref="CreateUser.RequestId"/>) created it. Otherwise it does nothing.
    /// </summary>
    [Alias("UndoCreation")]
    Task UndoCreationAsync(string requestId);

    /// <summary>
    /// Takes away the right to log in because the user's organization is closed, and returns once no session of the user is left. It can be
    /// repeated. Fails with <c>COMMAND-Own03</c> for the last owner of the installation.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Suspend")]
    Task SuspendAsync();

    /// <summary>Gives back the state from before <see cref="SuspendAsync"/>. Otherwise it does nothing.</summary>
    [Alias("Restore")]
    Task RestoreAsync();
}
