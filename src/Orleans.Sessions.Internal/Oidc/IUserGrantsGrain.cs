using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The authorizations that applications hold for a person: the logins whose codes or tokens are still valid. The key is
/// <see cref="GrainKeys.User"/>; there may be any number of activations. Tokens that a service account gets for itself are not included.
/// </summary>
[Alias("sessions.IUserGrantsGrain")]
public interface IUserGrantsGrain : IGrainWithStringKey
{
    /// <summary>
    /// A page of grants, ordered by client id. Users may list their own grants; other callers need <c>user.read</c>. Fails with
    /// <c>AUTH-AWfge</c>, <c>QUERY-Dfbg2</c> (no such user) or <c>SESSION-Store</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<UserGrantPage> ListAsync(Caller caller, UserGrantQuery query);

    /// <summary>
    /// Revokes one grant, or all grants of a client. When the method returns, their codes, access tokens and refresh tokens are no longer
    /// valid. Users may revoke their own grants; other callers need <c>user.write</c> and all rights that the user has. Returns the number
    /// of revoked grants, which is 0 for grants that do not exist or were already revoked. Fails as <see cref="ListAsync"/>.
    /// </summary>
    [Alias("Revoke")]
    Task<int> RevokeAsync(Caller caller, UserGrantSelection selection);
}
