using System.Collections.Immutable;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// A login at an external provider as it is stored: JSON, replaced as a whole by each change; it only ever grows optional properties. The
/// database takes from <c>goneAt</c> when the row may be deleted.
/// </summary>
public sealed record IntentRecord
{
    /// <summary>The intent's id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public IntentState State { get; init; }

    /// <summary>The provider.</summary>
    public required string ProviderId { get; init; }

    /// <summary>Where the browser goes after success.</summary>
    public required string SuccessUrl { get; init; }

    /// <summary>Where the browser goes after failure.</summary>
    public required string FailureUrl { get; init; }

    /// <summary>Where the provider sends the browser; the code is only good together with it.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>The hash of the <c>state</c> that the provider sends back.</summary>
    public ImmutableArray<byte> StateHash { get; init; } = [];

    /// <summary>The encrypted <see cref="LoginSecrets"/>, until the login is finished.</summary>
    public ImmutableArray<byte>? Secrets { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>How many changes it has had.</summary>
    public long Sequence { get; init; }

    /// <summary>When it is too late for the next step.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it counts as never having been.</summary>
    public DateTimeOffset GoneAt { get; init; }

    /// <summary>The id of the error the login failed with.</summary>
    public string? Failure { get; init; }

    /// <summary>The hash of the token.</summary>
    public ImmutableArray<byte>? TokenHash { get; init; }

    /// <summary>The user who started it; empty: somebody inside the cluster.</summary>
    public string StarterId { get; init; } = "";

    /// <summary>The session it was started in.</summary>
    public string? StarterSessionId { get; init; }

    /// <summary>The hash of the ticket that a browser begins with; <c>null</c>: the login is bound to no browser.</summary>
    public ImmutableArray<byte>? TicketHash { get; init; }

    /// <summary>The hash of what the browser has that has begun; <c>null</c>: none has.</summary>
    public ImmutableArray<byte>? BrowserHash { get; init; }

    /// <summary>The person's id at the provider.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What the person is called there.</summary>
    public string? ExternalName { get; init; }

    /// <summary>The user who was linked when the login succeeded.</summary>
    public string? UserId { get; init; }

    /// <summary>The encrypted <see cref="LoginResult"/>, until it is used up.</summary>
    public ImmutableArray<byte>? Result { get; init; }
}

/// <summary>How far a login is; the numbers are stored.</summary>
public enum IntentState
{
    /// <summary>The browser was sent to the provider.</summary>
    Started = 0,

    /// <summary>The provider has said who it is.</summary>
    Succeeded = 1,

    /// <summary>The login came to nothing.</summary>
    Failed = 2,

    /// <summary>A session has used it.</summary>
    Consumed = 3,
}

/// <summary>What only this service knows of a login while it is under way.</summary>
/// <param name="Nonce">What the id token must say.</param>
/// <param name="CodeVerifier">What the code is exchanged with.</param>
/// <param name="AuthUrl">
/// Where the browser goes that the login is bound to. Whoever started the login must not learn it, or they could log in there themselves and have that browser
/// finish.
/// </param>
internal sealed record LoginSecrets(string Nonce, string CodeVerifier, string? AuthUrl = null)
{
    // Records print their members; secrets must not end up in a log that way.
    public override string ToString() => nameof(LoginSecrets);
}

/// <summary>What the provider gave.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="IdToken">The id token.</param>
/// <param name="Claims">The claims about the person, a JSON object.</param>
internal sealed record LoginResult(string AccessToken, string IdToken, string Claims)
{
    public override string ToString() => nameof(LoginResult);
}
