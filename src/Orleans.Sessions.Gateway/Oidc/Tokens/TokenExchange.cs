using System.Collections.Immutable;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>
/// Decides what a client gets for a token that it presents (RFC 8693): a session token, or an access token, refresh token or id token of
/// this service. The new token has those scopes and audiences of the presented one that the client may have itself, lives no longer, and
/// rests on the same login.
/// </summary>
internal sealed class TokenExchange(Grains grains, AccessTokenVerifier accessTokens, ClientDirectory clients)
{
    /// <summary>The type of session tokens. The type of access tokens is accepted for them too.</summary>
    public const string SessionTokenType = "urn:sessions:oauth:token-type:session_token";

    /// <summary>The type of access tokens that are JWTs (RFC 8693 §3).</summary>
    public const string JwtType = "urn:ietf:params:oauth:token-type:jwt";

    private const int MaxActors = 5;

    /// <summary>The types of presented tokens.</summary>
    public static readonly ImmutableArray<string> SubjectTypes =
    [
        TokenTypeIdentifiers.AccessToken,
        JwtType,
        TokenTypeIdentifiers.RefreshToken,
        TokenTypeIdentifiers.IdentityToken,
        SessionTokenType,
    ];

    /// <summary>The types of tokens that say who acts.</summary>
    public static readonly ImmutableArray<string> ActorTypes =
    [
        TokenTypeIdentifiers.AccessToken,
        JwtType,
        TokenTypeIdentifiers.IdentityToken,
    ];

    /// <summary>The scopes that an id token can be exchanged for, if its login has them. It names none itself.</summary>
    private static readonly ImmutableArray<string> s_ofIdToken = [Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.Phone];

    /// <summary>
    /// What the client gets. Fails with <see cref="ExchangeRefusedException"/>, or with <see cref="SessionException"/> if a presented token
    /// is not active.
    /// </summary>
    public async Task<DirectGrant> GrantAsync(
        OpenIddictRequest request,
        OidcClient client,
        string issuer,
        CancellationToken cancellationToken
    )
    {
        var actor = await ActorAsync(request, client, cancellationToken);
        var grant = new DirectGrant
        {
            ClientId = client.Id,
            Issuer = issuer,
            Scopes = [],
            MinimumAcr = client.MinimumAcr,
            ClientRegisteredAt = client.CreatedAt,
            ActorAuthorizationId = actor?.AuthorizationId,
        };
        if (
            request.SubjectTokenType is TokenTypeIdentifiers.AccessToken or SessionTokenType
            && SessionToken.TryGetSessionId(request.SubjectToken!, out var sessionId)
        )
        {
            var scopes = OidcScopes.Grant(request.GetScopes(), client, mayRefresh: false);
            return grant with
            {
                Scopes = ForAudiences(scopes, request, client),
                SessionId = sessionId,
                SessionToken = request.SubjectToken,
                Actors = Actors(actor, []),
                NotAfter = actor?.ExpiresAt,
            };
        }

        var subject = await ReadAsync(request.SubjectToken!, request.SubjectTokenType!, client, cancellationToken)
            ?? throw new ExchangeRefusedException(OAuthError.InvalidGrant, "The subject_token is not one of this service for this client.");
        if (!subject.Resources.IsDefaultOrEmpty)
        {
            // The new token would have the audiences of its scopes, which is more than the presented one has (RFC 8707).
            throw new ExchangeRefusedException(OAuthError.InvalidTarget, "A subject_token that is only for resources cannot be exchanged.");
        }

        return grant with
        {
            Scopes = ForAudiences(Narrowed(subject.Scopes, request, client), request, client),
            SubjectAuthorizationId = subject.AuthorizationId,
            Actors = Actors(actor, subject.Actors),
            NotAfter = actor is not null && actor.ExpiresAt < subject.ExpiresAt ? actor.ExpiresAt : subject.ExpiresAt,
        };
    }

    private async Task<TokenGrant?> ActorAsync(OpenIddictRequest request, OidcClient client, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.ActorToken))
        {
            return null;
        }

        if (!client.AllowsActors)
        {
            throw new ExchangeRefusedException(OAuthError.InvalidRequest, "This client may not use an actor_token.");
        }

        return await ReadAsync(request.ActorToken, request.ActorTokenType!, client, cancellationToken)
            ?? throw new ExchangeRefusedException(OAuthError.InvalidGrant, "The actor_token is not one of this service for this client.");
    }

    /// <summary>What a presented token stands for; <c>null</c> if it is not a token that this client may present.</summary>
    private async Task<TokenGrant?> ReadAsync(string token, string type, OidcClient client, CancellationToken cancellationToken)
    {
        var grant = type switch
        {
            TokenTypeIdentifiers.AccessToken or JwtType => await accessTokens.VerifyAsync(token, cancellationToken),
            TokenTypeIdentifiers.RefreshToken => await RefreshTokenAsync(token, client, cancellationToken),
            TokenTypeIdentifiers.IdentityToken => await accessTokens.VerifyIdTokenAsync(token, s_ofIdToken, cancellationToken),
            _ => null,
        };
        return grant?.IsFor(client) == true ? grant : null;
    }

    /// <summary>
    /// A refresh token is only good for the client that has it (RFC 6749 §10.4). An exchange is a use: whoever presents one that was
    /// replaced has stolen it, or has lost an answer.
    /// </summary>
    private async Task<TokenGrant?> RefreshTokenAsync(string token, OidcClient client, CancellationToken cancellationToken)
    {
        if (!OidcTokens.TryParse(token, OidcTokens.Refresh, out var id))
        {
            return null;
        }

        var grant = await grains.CallAsync(() => grains.TokenFamily(id).PeekRefreshTokenAsync(token, isUse: true), cancellationToken);
        return grant.ClientId == client.Id && await clients.IsRegisteredAsync(client.Id, grant.ClientRegisteredAt, cancellationToken)
            ? grant
            : null;
    }

    private static ImmutableArray<string> Narrowed(ImmutableArray<string> granted, OpenIddictRequest request, OidcClient client)
    {
        ImmutableArray<string> requested = [.. request.GetScopes().Distinct(StringComparer.Ordinal)];
        if (!requested.All(scope => granted.Contains(scope)))
        {
            throw new ExchangeRefusedException(OAuthError.InvalidScope, "The scope exceeds the scope of the subject_token.");
        }

        // A scope that another client was registered for is no scope of this client.
        return OidcScopes.Grant((requested.IsEmpty ? granted : requested).Remove(Scopes.OfflineAccess), client, mayRefresh: false);
    }

    /// <summary>The scopes without the audiences that are not asked for, if the request names audiences.</summary>
    private static ImmutableArray<string> ForAudiences(ImmutableArray<string> scopes, OpenIddictRequest request, OidcClient client)
    {
        var named = request.GetAudiences().Concat(request.GetResources()).ToList();
        if (named.Count == 0)
        {
            return scopes;
        }

        var possible = OidcScopes.Audiences(client.Id, scopes).AddRange(client.Audiences ?? []);
        return named.All(audience => possible.Contains(audience))
            ? OidcScopes.OnlyFor(scopes, named)
            : throw new ExchangeRefusedException(OAuthError.InvalidTarget, "This token cannot have that audience or resource.");
    }

    private static ImmutableArray<string> Actors(TokenGrant? actor, ImmutableArray<string> earlier)
    {
        ImmutableArray<string> actors = actor is null ? earlier : [actor.UserId, .. earlier];
        return actors.Length <= MaxActors
            ? actors
            : throw new ExchangeRefusedException(OAuthError.InvalidRequest, $"At most {MaxActors} actors may follow each other.");
    }
}
