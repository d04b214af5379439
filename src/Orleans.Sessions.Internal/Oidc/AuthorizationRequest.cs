using System.Collections.Immutable;
using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Oidc;

/// <summary>A checked authorization request of a client, which waits for a login.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AuthorizationRequest")]
public sealed record AuthorizationRequest
{
    /// <summary>The client that asks.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The issuer to which the request was sent, without trailing slash. Its tokens name this issuer.</summary>
    [Id(1)]
    public required string Issuer { get; init; }

    /// <summary>Where the browser goes with the answer.</summary>
    [Id(2)]
    public required string RedirectUri { get; init; }

    /// <summary>The scopes that the client gets.</summary>
    [Id(3)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary><c>query</c>, <c>fragment</c> or <c>form_post</c>.</summary>
    [Id(4)]
    public string ResponseMode { get; init; } = "query";

    /// <summary>The client's <c>state</c>, which is returned unchanged.</summary>
    [Id(5)]
    public string? State { get; init; }

    /// <summary>The client's <c>nonce</c>, which goes into the id token.</summary>
    [Id(6)]
    public string? Nonce { get; init; }

    /// <summary>The PKCE challenge (S256); <c>null</c> if a confidential client sent none.</summary>
    [Id(7)]
    public string? CodeChallenge { get; init; }

    /// <summary><c>none</c>, <c>login</c>, <c>consent</c>, <c>select_account</c>, <c>create</c>.</summary>
    [Id(8)]
    public ImmutableArray<string> Prompts { get; init; } = [];

    /// <summary>The person's languages, preferred first.</summary>
    [Id(9)]
    public ImmutableArray<string> UiLocales { get; init; } = [];

    /// <summary>The name with which the person will probably log in.</summary>
    [Id(10)]
    public string? LoginHint { get; init; }

    /// <summary>The subject of the id token that the client sent as a hint.</summary>
    [Id(11)]
    public string? HintUserId { get; init; }

    /// <summary>The maximum age of the login.</summary>
    [Id(12)]
    public TimeSpan? MaxAge { get; init; }

    /// <summary>
    /// The assurance levels that are acceptable: one of them is enough. They are normalized (<see cref="AuthenticationContext"/>).
    /// </summary>
    [Id(13)]
    public ImmutableArray<string> AcrValues { get; init; } = [];

    /// <summary>The lowest assurance level that the client's registration requires.</summary>
    [Id(14)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of the login frontend that may complete the request without <c>session.link</c>.</summary>
    [Id(15)]
    public string? LoginClientId { get; init; }

    /// <summary>
    /// When the client was registered. If the client is deleted and registered again under the same id, the new client gets nothing from
    /// this request.
    /// </summary>
    [Id(16)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>
    /// Whether the request left out the redirect URI, because the client has only one. Then the token request may leave it out too (RFC
    /// 6749 §4.1.3).
    /// </summary>
    [Id(17)]
    public bool RedirectUriOmitted { get; init; }

    /// <summary>
    /// The requested assurance levels by other names than their own, as the request has them; <c>null</c> if it has none. Clients compare
    /// the <c>acr</c> of their id token with what they asked for.
    /// </summary>
    [Id(18)]
    public ImmutableArray<string>? AcrNames { get; init; }

    /// <summary>
    /// The thumbprint of the key to which the authorization code is bound (<c>dpop_jkt</c>, RFC 9449 §10); <c>null</c> if it is bound to
    /// none.
    /// </summary>
    [Id(19)]
    public string? KeyThumbprint { get; init; }

    /// <summary>The claims that the id token should have because the request names them; <c>null</c> if it names none.</summary>
    [Id(20)]
    public ImmutableArray<string>? IdTokenClaims { get; init; }

    /// <summary>The claims that userinfo should have because the request names them; <c>null</c> if it names none.</summary>
    [Id(21)]
    public ImmutableArray<string>? UserInfoClaims { get; init; }

    /// <summary>The only audiences of the tokens (RFC 8707); <c>null</c> if the request names none.</summary>
    [Id(22)]
    public ImmutableArray<string>? Resources { get; init; }
}
