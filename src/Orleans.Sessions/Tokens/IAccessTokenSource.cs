using Orleans.Concurrency;

namespace Orleans.Sessions.Tokens;

/// <summary>
/// What a session asks the authorizations that depend on it (same grain and key as <see cref="Oidc.ITokenFamilyGrain"/>).
/// </summary>
[Alias("sessions.IAccessTokenSource")]
internal interface IAccessTokenSource : IGrainWithStringKey
{
    /// <summary>
    /// An access token that has neither expired nor been revoked; <c>null</c> if there is no such token. This does not check whether its
    /// session is still valid.
    /// </summary>
    [AlwaysInterleave]
    [Alias("FindAccessToken")]
    Task<AccessToken?> FindAccessTokenAsync(string tokenId);
}
