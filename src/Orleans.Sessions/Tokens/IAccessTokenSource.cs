using Orleans.Concurrency;

namespace Orleans.Sessions.Tokens;

/// <summary>
/// What sessions and other authorizations ask an authorization (same grain and key as <see cref="Oidc.ITokenFamilyGrain"/>).
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

    /// <summary>
    /// What all tokens of the authorization stand for, with the proofs of its login; <c>null</c> if it has no login or was revoked. This
    /// does not check whether its session is still valid.
    /// </summary>
    [AlwaysInterleave]
    [Alias("FindLogin")]
    Task<AccessToken?> FindLoginAsync();
}
