using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The tokens that come of one authorization (key <see cref="GrainKeys.Authorization"/>): a code that works once, access tokens, and a
/// refresh token that is replaced by each use. Whoever uses something twice that works once kills the whole family. Nothing works
/// any more once the session has ended or expired, or the user is not active.
/// </summary>
[Alias("sessions.ITokenFamilyGrain")]
public interface ITokenFamilyGrain : IGrainWithStringKey
{
    /// <summary>What a request with this authorization code has to match. A code that was used before kills the family. Fails with <c>COMMAND-Iung5</c>.</summary>
    [Alias("PeekCode")]
    Task<RedeemableCode> PeekCodeAsync(string code);

    /// <summary>Uses the code up. Fails with <c>COMMAND-Iung5</c>, <c>OIDC-Sess1</c> or <c>OIDCS-kj3g2</c>.</summary>
    [Alias("RedeemCode")]
    Task<TokenGrant> RedeemCodeAsync(string code, NewTokens tokens);

    /// <summary>
    /// What a refresh token stands for. One that was replaced before kills the family if this <paramref name="isUse"/>; to ask about it (RFC 7662) is none.
    /// Fails with <c>OIDC-Rt001</c>, <c>OIDC-Sess1</c> or <c>OIDCS-kj3g2</c>.
    /// </summary>
    [Alias("PeekRefreshToken")]
    Task<TokenGrant> PeekRefreshTokenAsync(string refreshToken, bool isUse);

    /// <summary>Replaces the refresh token. Fails as <see cref="PeekRefreshTokenAsync"/>.</summary>
    [Alias("Refresh")]
    Task<TokenGrant> RefreshAsync(string refreshToken, NewTokens tokens);

    /// <summary>
    /// Makes a family with an access token right away. Fails with <c>OIDCS-kj3g2</c> (user not active), for sessions as
    /// <see cref="IAuthorizationRequestGrain.CompleteAsync"/>.
    /// </summary>
    [Alias("Issue")]
    Task<TokenGrant> IssueAsync(DirectGrant grant, NewTokens tokens);

    /// <summary>What an access token stands for; <paramref name="secret"/> is the whole token if it is opaque. Fails with <c>AUTH-7fs1e</c> when it is not active.</summary>
    [AlwaysInterleave]
    [Alias("Authenticate")]
    Task<TokenGrant> AuthenticateAsync(string tokenId, string? secret);

    /// <summary>Revokes one access token; the rest of the family lives on.</summary>
    [Alias("RevokeAccessToken")]
    Task RevokeAccessTokenAsync(string tokenId);

    /// <summary>Revokes the family.</summary>
    [Alias("Revoke")]
    Task RevokeAsync();
}
