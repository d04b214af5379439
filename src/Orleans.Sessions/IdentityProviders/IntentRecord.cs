using System.Collections.Immutable;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// A login at an external provider in its stored form: JSON, replaced as a whole by each change. New versions only add optional properties.
/// </summary>
internal sealed record IntentRecord
{
    /// <summary>The intent's id.</summary>
    public required string Id { get; init; }

    /// <summary>The state.</summary>
    public IntentState State { get; init; }

    /// <summary>The provider.</summary>
    public required string ProviderId { get; init; }

    /// <summary>Where the browser goes after success.</summary>
    public required string SuccessUrl { get; init; }

    /// <summary>Where the browser goes after failure.</summary>
    public required string FailureUrl { get; init; }

    /// <summary>Where the provider sends the browser; the code is only valid together with it.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>The hash of the <c>state</c> that the provider sends back.</summary>
    public ImmutableArray<byte> StateHash { get; init; } = [];

    /// <summary>The encrypted <see cref="LoginSecrets"/>, until the login is finished.</summary>
    public ImmutableArray<byte>? Secrets { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The number of its changes.</summary>
    public long Sequence { get; init; }

    /// <summary>The time limit for the next step.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>From this time it counts as never having existed.</summary>
    public DateTimeOffset GoneAt { get; init; }

    /// <summary>The id of the error the login failed with.</summary>
    public string? Failure { get; init; }

    /// <summary>The hash of the token.</summary>
    public ImmutableArray<byte>? TokenHash { get; init; }

    /// <summary>The user who started it; empty for an in-cluster caller.</summary>
    public string StarterId { get; init; } = "";

    /// <summary>The session it was started in.</summary>
    public string? StarterSessionId { get; init; }

    /// <summary>The hash of the ticket with which a browser begins; <c>null</c> if the login is not bound to a browser.</summary>
    public ImmutableArray<byte>? TicketHash { get; init; }

    /// <summary>The hash of the cookie of the browser that has begun or finished the login; <c>null</c> if none has.</summary>
    public ImmutableArray<byte>? BrowserHash { get; init; }

    /// <summary>The person's id at the provider.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The person's name at the provider.</summary>
    public string? ExternalName { get; init; }

    /// <summary>The user who was linked to the identity when the login succeeded.</summary>
    public string? UserId { get; init; }

    /// <summary>The encrypted <see cref="LoginResult"/>, until it is used up.</summary>
    public ImmutableArray<byte>? Result { get; init; }
}
