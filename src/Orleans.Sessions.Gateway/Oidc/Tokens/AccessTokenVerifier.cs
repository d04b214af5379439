using System.Collections.Immutable;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>
/// Says what an access token of this service, opaque or JWT, stands for. It asks the token's session each time. The session knows the state
/// of the user and of the token family, so a token is inactive as soon as the session, the user or the family is. If the token names no
/// session, as with service accounts, it asks the family itself.
/// </summary>
internal sealed class AccessTokenVerifier(
    Grains grains,
    KeyRing keys,
    ClientDirectory clients,
    ProjectDirectory projects,
    TimeProvider clock
)
{
    /// <summary>The type of JWTs for resource servers that do not know <c>at+jwt</c>. Id tokens have the same type.</summary>
    public const string PlainType = "JWT";

    private const string JwtType = "at+jwt";
    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    /// <summary>
    /// What the token stands for; <c>null</c> if it is not a token of this service. Fails with <c>AUTH-7fs1e</c> if it is not active.
    /// </summary>
    public Task<TokenGrant?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (!token.StartsWith(OidcTokens.Access, StringComparison.Ordinal))
        {
            return VerifyJwtAsync(token, cancellationToken);
        }

        return OidcTokens.TryParseAccess(token, out var authorizationId, out var tokenId, out var sessionId)
            ? AskAsync(authorizationId, tokenId, sessionId, token, cancellationToken)
            : Task.FromException<TokenGrant?>(new SessionException(SessionErrors.TokenInvalid));
    }

    /// <summary>
    /// Whether a JWT of this service without a type of its own is an access token and not an id token. Only access tokens have the id by
    /// which the family knows them.
    /// </summary>
    public static bool IsPlainAccessToken(JsonWebToken jwt) => jwt.Typ == PlainType && OidcTokens.TryParseJwtId(jwt.Id, out _, out _);

    /// <summary>
    /// The login that an id token of this service tells of, as a grant of these scopes; <c>null</c> if the token is no such token, or if it
    /// has expired. The family must still be asked whether the login stands, and which scopes it has.
    /// </summary>
    public async Task<TokenGrant?> VerifyIdTokenAsync(string token, ImmutableArray<string> scopes, CancellationToken cancellationToken)
    {
        if (
            SignedTokens.Read(s_handler, token) is not { Typ: PlainType } jwt
            || !OidcTokens.TryParseIdTokenId(jwt.Id, out var authorizationId)
            || !jwt.TryGetPayloadValue("azp", out string clientId)
        )
        {
            return null;
        }

        await keys.EnsureAsync(cancellationToken);
        return
            keys.Current.Signing.FirstOrDefault(key => key.Key.KeyId == jwt.Kid) is { } signer
            && await IsSignedAsync(jwt, signer)
            && clock.GetUtcNow().UtcDateTime < jwt.ValidTo
            ? new TokenGrant
            {
                AuthorizationId = authorizationId,
                TokenId = "",
                ClientId = clientId,
                Issuer = jwt.Issuer,
                UserId = jwt.Subject,
                Scopes = scopes,
                Audiences = [.. jwt.Audiences],
                IssuedAt = new DateTimeOffset(jwt.IssuedAt, TimeSpan.Zero),
                ExpiresAt = new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero),
            }
            : null;
    }

    private async Task<TokenGrant?> VerifyJwtAsync(string token, CancellationToken cancellationToken)
    {
        if (SignedTokens.Read(s_handler, token) is not { } jwt || !(jwt.Typ == JwtType || IsPlainAccessToken(jwt)))
        {
            return null;
        }

        await keys.EnsureAsync(cancellationToken);
        if (keys.Current.Signing.FirstOrDefault(signer => signer.Key.KeyId == jwt.Kid) is not { } signer)
        {
            return null;
        }

        return await IsSignedAsync(jwt, signer) && OidcTokens.TryParseJwtId(jwt.Id, out var authorizationId, out var tokenId)
            ? await AskAsync(
                authorizationId,
                tokenId,
                jwt.TryGetPayloadValue(Principals.SessionId, out string sessionId) ? sessionId : null,
                secret: null,
                cancellationToken
            )
            : throw new SessionException(SessionErrors.TokenInvalid);
    }

    private async Task<TokenGrant?> AskAsync(
        string authorizationId,
        string tokenId,
        string? sessionId,
        string? secret,
        CancellationToken cancellationToken
    )
    {
        var grant = sessionId is null
            ? await grains.CallAsync(
                static call => call.Family.AuthenticateAsync(call.Id, call.Secret),
                (Family: grains.TokenFamily(authorizationId), Id: tokenId, Secret: secret),
                cancellationToken
            )
            : await grains.CallAsync(
                static call => call.Session.AuthenticateAccessTokenAsync(call.AuthorizationId, call.Id, call.Secret),
                (Session: grains.Session(sessionId), AuthorizationId: authorizationId, Id: tokenId, Secret: secret),
                cancellationToken
            );

        // Service accounts are their own clients; any other client must still be registered.
        if (grant is { SessionId: null, ClientRegisteredAt: null, IsForClient: false })
        {
            return grant;
        }

        return
            await clients.FindAsync(grant.ClientId, cancellationToken) is { } client
            && client.IsRegistration(grant.ClientId, grant.ClientRegisteredAt)
            && await IsSubjectKnownAsync(grant, cancellationToken)
            ? await projects.WidenAsync(grant.Within(client), client, cancellationToken)
            : throw new SessionException(SessionErrors.TokenInvalid);
    }

    /// <summary>A client that another one speaks for, after an exchange, must still be registered too.</summary>
    private async ValueTask<bool> IsSubjectKnownAsync(TokenGrant grant, CancellationToken cancellationToken) =>
        !grant.IsForClient || grant.UserId == grant.ClientId || await clients.FindAsync(grant.UserId, cancellationToken) is not null;

    /// <summary>Checks only the signature: the family stores everything else.</summary>
    private static async Task<bool> IsSignedAsync(JsonWebToken jwt, SigningCredentials signer) =>
        (
            await s_handler.ValidateTokenAsync(
                jwt,
                new TokenValidationParameters
                {
                    ValidateIssuer = false,
                    ValidateAudience = false,
                    ValidateLifetime = false,
                    ValidTypes = [JwtType, PlainType],
                    ValidAlgorithms = [signer.Algorithm],
                    IssuerSigningKey = signer.Key,
                }
            )
        ).IsValid;
}
