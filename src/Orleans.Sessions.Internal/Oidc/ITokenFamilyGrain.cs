using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The tokens of one authorization (key <see cref="GrainKeys.Authorization"/>): a code that works once, access tokens, and a refresh token
/// that is replaced at each use. If somebody uses a code a second time, or a refresh token after its grace, the whole family is revoked. No
/// token works after the session has ended or expired, or while the user is not active.
/// </summary>
[Alias("sessions.ITokenFamilyGrain")]
public interface ITokenFamilyGrain : IGrainWithStringKey
{
    /// <summary>
    /// What a request with this authorization code must match. A code that was used before revokes the family. Fails with
    /// <c>COMMAND-Iung5</c>.
    /// </summary>
    [Alias("PeekCode")]
    Task<RedeemableCode> PeekCodeAsync(string code);

    /// <summary>Uses up the code. Fails with <c>COMMAND-Iung5</c>, <c>OIDC-Sess1</c> or <c>OIDCS-kj3g2</c>.</summary>
    [Alias("RedeemCode")]
    Task<TokenGrant> RedeemCodeAsync(string code, NewTokens tokens);

    /// <summary>
    /// What a refresh token stands for. A refresh token that was replaced before revokes the family if <paramref name="isUse"/> is set. An
    /// introspection (RFC 7662) is not a use. Fails with <c>OIDC-Rt001</c>, <c>OIDC-Sess1</c> or <c>OIDCS-kj3g2</c>.
    /// </summary>
    [Alias("PeekRefreshToken")]
    Task<TokenGrant> PeekRefreshTokenAsync(string refreshToken, bool isUse);

    /// <summary>
    /// Replaces the refresh token. For a short time the token before it gives the same refresh token again. Fails as
    /// <see cref="PeekRefreshTokenAsync"/>.
    /// </summary>
    [Alias("Refresh")]
    Task<TokenGrant> RefreshAsync(string refreshToken, NewTokens tokens);

    /// <summary>
    /// Creates a family that has an access token at once. Fails with <c>OIDCS-kj3g2</c> (user not active), and with the session errors of
    /// <see cref="IAuthorizationRequestGrain.CompleteAsync"/>.
    /// </summary>
    [Alias("Issue")]
    Task<TokenGrant> IssueAsync(DirectGrant grant, NewTokens tokens);

    /// <summary>
    /// What an access token stands for. For an opaque token, <paramref name="secret"/> is the whole token. Fails with <c>AUTH-7fs1e</c> if
    /// the token is not active.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Authenticate")]
    Task<TokenGrant> AuthenticateAsync(string tokenId, string? secret);

    /// <summary>Revokes one access token. The other tokens of the family stay valid.</summary>
    [Alias("RevokeAccessToken")]
    Task RevokeAccessTokenAsync(string tokenId);

    /// <summary>Revokes the family.</summary>
    [Alias("Revoke")]
    Task RevokeAsync();
}
