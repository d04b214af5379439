using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>An authorization request that waits for a login: what the client asked for, checked.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AuthorizationRequest")]
public sealed record AuthorizationRequest
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The issuer that the request came to, without trailing slash; tokens will name it.</summary>
    [Id(1)]
    public required string Issuer { get; init; }

    /// <summary>Where the answer goes.</summary>
    [Id(2)]
    public required string RedirectUri { get; init; }

    /// <summary>The scopes that will be granted.</summary>
    [Id(3)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary><c>query</c>, <c>fragment</c> or <c>form_post</c>.</summary>
    [Id(4)]
    public string ResponseMode { get; init; } = "query";

    /// <summary>The client's own state.</summary>
    [Id(5)]
    public string? State { get; init; }

    /// <summary>Goes into the id token.</summary>
    [Id(6)]
    public string? Nonce { get; init; }

    /// <summary>The PKCE challenge (S256); <c>null</c>: a confidential client did without.</summary>
    [Id(7)]
    public string? CodeChallenge { get; init; }

    /// <summary><c>none</c>, <c>login</c>, <c>consent</c>, <c>select_account</c>, <c>create</c>.</summary>
    [Id(8)]
    public ImmutableArray<string> Prompts { get; init; } = [];

    /// <summary>The languages the person reads, best first.</summary>
    [Id(9)]
    public ImmutableArray<string> UiLocales { get; init; } = [];

    /// <summary>Who will probably log in.</summary>
    [Id(10)]
    public string? LoginHint { get; init; }

    /// <summary>The subject of the id token that came along as a hint.</summary>
    [Id(11)]
    public string? HintUserId { get; init; }

    /// <summary>How old the login may be.</summary>
    [Id(12)]
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The levels of assurance of which one is wanted, normalized (<see cref="AuthenticationContext"/>).</summary>
    [Id(13)]
    public ImmutableArray<string> AcrValues { get; init; } = [];

    /// <summary>The least level of assurance that the client's registration demands.</summary>
    [Id(14)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of the login frontend that may complete the request without <c>session.link</c>.</summary>
    [Id(15)]
    public string? LoginClientId { get; init; }

    /// <summary>When the client was registered; a later client of the same id has no part in this.</summary>
    [Id(16)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>Whether the client did not say where the answer goes, having one address only; then it need not at the token endpoint either (RFC 6749 §4.1.3).</summary>
    [Id(17)]
    public bool RedirectUriOmitted { get; init; }
}

/// <summary>A stored request as a login frontend sees it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PendingRequest")]
public sealed record PendingRequest([property: Id(0)] AuthorizationRequest Request, [property: Id(1)] DateTimeOffset CreatedAt);

/// <summary>A login that completes a request: a session and its token, or a refusal.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RequestCompletion")]
public sealed record RequestCompletion
{
    /// <summary>Who completes it.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The session that logs in; <c>null</c>: the request fails.</summary>
    [Id(1)]
    public string? SessionId { get; init; }

    /// <summary>That session's token.</summary>
    [Id(2)]
    public string? SessionToken { get; init; }

    /// <summary>The OAuth error of a refusal, such as <c>access_denied</c>.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>
    /// The authorization code that the caller made for this completion (<see cref="OidcTokens.Code"/>), by which a repeated call is recognised. For a refusal it
    /// only opens the page that posts the answer.
    /// </summary>
    [Id(4)]
    public required string Code { get; init; }

    /// <summary>What to tell the client about the refusal.</summary>
    [Id(5)]
    public string? ErrorDescription { get; init; }

    /// <summary>Where to read more about the refusal.</summary>
    [Id(6)]
    public string? ErrorUri { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Caller = ").Append(Caller).Append(", SessionId = ").Append(SessionId).Append(", Error = ").Append(Error);
        return true;
    }
}

/// <summary>Where the person is sent, and with what.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RequestAnswer")]
public sealed record RequestAnswer
{
    /// <summary>The request that is answered.</summary>
    [Id(0)]
    public required AuthorizationRequest Request { get; init; }

    /// <summary>When it was completed.</summary>
    [Id(1)]
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The error; <c>null</c>: the code.</summary>
    [Id(2)]
    public string? Error { get; init; }

    /// <summary>More about the error.</summary>
    [Id(3)]
    public string? ErrorDescription { get; init; }

    /// <summary>Even more about the error.</summary>
    [Id(4)]
    public string? ErrorUri { get; init; }

    /// <summary>The installation's id.</summary>
    [Id(5)]
    public required string ResourceOwner { get; init; }
}
