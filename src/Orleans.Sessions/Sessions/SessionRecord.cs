using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Otp;
using Orleans.Sessions.Tokens;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// A session as it is stored: JSON, replaced as a whole by each change. It only ever grows new optional properties, so that
/// old rows stay readable during a rolling upgrade. The database reads its search columns from the properties
/// <c>userId</c>, <c>organizationId</c>, <c>creatorId</c>, <c>fingerprintId</c>, <c>createdAt</c>, <c>expiresAt</c>, <c>endedAt</c>,
/// <c>expiryPublishedAt</c> and <c>userEpoch</c>, its outbox of events from <c>events</c> and that of messages from <c>outbox</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionRecord")]
public sealed record SessionRecord
{
    /// <summary>The most UTF-16 units that the 200 characters can have which a search may name.</summary>
    private const int MaxFingerprint = 400;

    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Who created it; empty for in-cluster callers.</summary>
    [Id(1)]
    public string CreatorId { get; init; } = "";

    /// <summary>When it was created.</summary>
    [Id(2)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(3)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>
    /// How many events it has had: each check that is right, each challenge, and each change of metadata, lifetime or token is one.
    /// </summary>
    [Id(4)]
    public long Sequence { get; init; }

    /// <summary>The checked user.</summary>
    [Id(5)]
    public string? UserId { get; init; }

    /// <summary>The user's organization.</summary>
    [Id(6)]
    public string? OrganizationId { get; init; }

    /// <summary>The user's <see cref="Users.UserIdentity.SessionEpoch"/> when the session was bound to the user.</summary>
    [Id(7)]
    public int UserEpoch { get; init; }

    /// <summary>When the user was identified.</summary>
    [Id(8)]
    public DateTimeOffset? UserCheckedAt { get; init; }

    /// <summary>What was proved, the newest proof last, one for each factor at most; <c>null</c>: nothing.</summary>
    [Id(9)]
    public ImmutableArray<Proof>? Proofs { get; init; }

    /// <summary>The caller's own data.</summary>
    [Id(11)]
    public ImmutableDictionary<string, ImmutableArray<byte>>? Metadata { get; init; }

    /// <summary>The browser or device.</summary>
    [Id(12)]
    public UserAgent? UserAgent { get; init; }

    /// <summary>When it expires; <c>null</c>: never.</summary>
    [Id(13)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was terminated; <c>null</c>: it was not.</summary>
    [Id(14)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the world was told that it has expired.</summary>
    [Id(15)]
    public DateTimeOffset? ExpiryPublishedAt { get; init; }

    /// <summary>The token that is valid.</summary>
    [Id(16)]
    public StoredToken Token { get; init; } = StoredToken.None;

    /// <summary>Answers that a repeated request gets again, newest last.</summary>
    [Id(17)]
    public ImmutableArray<RememberedAnswer>? Answers { get; init; }

    /// <summary>
    /// The changes before the last one, newest last, by the hash of the token each gave: a call that is repeated because its answer was
    /// lost must not happen again only because another one came between.
    /// </summary>
    [Id(50)]
    public ImmutableArray<RememberedAnswer>? Earlier { get; init; }

    /// <summary>What the last change means to others; the database appends it to the outbox in the same transaction.</summary>
    [Id(18)]
    public ImmutableArray<SessionEvent>? Events { get; init; }

    /// <summary>How long it lives without being used.</summary>
    [Id(25)]
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>When it was last used, in steps of a tenth of <see cref="IdleTimeout"/>; <c>null</c> without one.</summary>
    [Id(26)]
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>
    /// When its lifetime is over, where <see cref="ExpiresAt"/> may be earlier because of <see cref="IdleTimeout"/>; <c>null</c> without
    /// one.
    /// </summary>
    [Id(27)]
    public DateTimeOffset? LifetimeEndsAt { get; init; }

    /// <summary>What the last change returned of its challenges, encrypted, so that a repetition of the request gets the same.</summary>
    [Id(24)]
    public ImmutableArray<byte>? Issued { get; init; }

    /// <summary>The WebAuthn challenge that waits for its answer; there is one at most.</summary>
    [Id(30)]
    public PendingAssertion? PendingWebAuthn { get; init; }

    /// <summary>The code by SMS that is waited for.</summary>
    [Id(40)]
    public StoredOtp? OtpSmsChallenge { get; init; }

    /// <summary>The code by e-mail that is waited for.</summary>
    [Id(41)]
    public StoredOtp? OtpEmailChallenge { get; init; }

    /// <summary>The messages of the last change; the database appends them to those to deliver in the same transaction.</summary>
    [Id(42)]
    public ImmutableArray<OutboxMessage>? Outbox { get; init; }

    /// <summary>
    /// The user agent's fingerprint id, for the search column; <c>null</c> also when it is longer than any that is searched for: the index
    /// takes only 2700 bytes.
    /// </summary>
    public string? FingerprintId => UserAgent?.FingerprintId is { Length: <= MaxFingerprint } id ? id : null;

    /// <summary>Whether its lifetime is over at <paramref name="now"/>. This comparison is the truth, whatever timers did.</summary>
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>Whether it ended or expired so long ago that it counts as never having been; its row is deleted about then.</summary>
    public bool IsGone(DateTimeOffset now, TimeSpan retention) => (EndedAt ?? ExpiresAt) < now - retention;
}

/// <summary>Something that others must be told, such as relying parties: <c>session.terminated</c>, <c>session.expired</c>.</summary>
/// <param name="Type">The event's name.</param>
/// <param name="Reason">Why it happened.</param>
/// <param name="At">When it happened.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionEvent")]
public sealed record SessionEvent(
    [property: Id(0)] string Type,
    [property: Id(1), JsonConverter(typeof(JsonStringEnumConverter<SessionEndReason>))] SessionEndReason Reason,
    [property: Id(2)] DateTimeOffset At);

/// <summary>What is kept of an answered request, so that it gets the same answer again.</summary>
/// <param name="KeyHash">A keyed hash of its <c>Idempotency-Key</c>; without one: SHA-256 of the token it gave.</param>
/// <param name="RequestHash">A keyed hash of the request, which may hold a password; empty without an <c>Idempotency-Key</c>.</param>
/// <param name="Sequence">The session's sequence after it.</param>
/// <param name="ChangedAt">When it was done.</param>
/// <param name="Issued">What it returned of its challenges, encrypted.</param>
[GenerateSerializer, Immutable, Alias("sessions.RememberedAnswer")]
public sealed record RememberedAnswer(
    [property: Id(0)] ImmutableArray<byte> KeyHash,
    [property: Id(1)] ImmutableArray<byte> RequestHash,
    [property: Id(2)] long Sequence,
    [property: Id(3)] DateTimeOffset ChangedAt,
    [property: Id(4)] ImmutableArray<byte>? Issued = null);
