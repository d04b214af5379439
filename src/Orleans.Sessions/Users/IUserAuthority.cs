using Orleans.Concurrency;

namespace Orleans.Sessions.Users;

/// <summary>
/// Who may act upon a user, for grains that keep something of the user's elsewhere. Implemented by the user's grain (key <see cref="GrainKeys.User"/>), which has the
/// one rule for it.
/// </summary>
[Alias("sessions.IUserAuthority")]
public interface IUserAuthority : IGrainWithStringKey
{
    /// <summary>
    /// Fails with <c>AUTH-AWfge</c> unless the caller is the user or has <paramref name="permission"/>, which to change something is not enough without all rights that the
    /// user has, but for login frontends; then with <c>QUERY-Dfbg2</c> when there is no such user.
    /// </summary>
    [AlwaysInterleave]
    [Alias("EnsureMay")]
    Task EnsureMayAsync(Caller caller, Permission permission);
}
