using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Otp;
using Orleans.Sessions.Tokens;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// A session in its stored form: JSON, replaced as a whole by each change. New versions only add optional properties, so that
/// old rows stay readable during a rolling upgrade. <see cref="SessionProjection"/> says what the database must know besides.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionRecord")]
internal sealed record SessionRecord
{
    /// <summary>The maximum length of a fingerprint id in UTF-16 units: a search may name 200 characters.</summary>
    private const int MaxFingerprint = 400;

    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The user id of the creator; empty for in-cluster callers.</summary>
    [Id(1)]
    public string CreatorId { get; init; } = "";

    /// <summary>When it was created.</summary>
    [Id(2)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(3)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>
    /// The number of its events. Each successful check, each challenge, and each change of metadata, lifetime or token is an event.
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

    /// <summary>The proofs, newest last, at most one for each factor; <c>null</c> means none.</summary>
    [Id(9)]
    public ImmutableArray<Proof>? Proofs { get; init; }

    /// <summary>The caller's own data.</summary>
    [Id(11)]
    public ImmutableDictionary<string, ImmutableArray<byte>>? Metadata { get; init; }

    /// <summary>The browser or device.</summary>
    [Id(12)]
    public UserAgent? UserAgent { get; init; }

    /// <summary>When it expires; <c>null</c> means never.</summary>
    [Id(13)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was terminated; <c>null</c> if it was not.</summary>
    [Id(14)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its expiry was published to subscribers.</summary>
    [Id(15)]
    public DateTimeOffset? ExpiryPublishedAt { get; init; }

    /// <summary>The valid token.</summary>
    [Id(16)]
    public StoredToken Token { get; init; } = StoredToken.None;

    /// <summary>Answers for repeated requests, newest last.</summary>
    [Id(17)]
    public ImmutableArray<RememberedAnswer>? Answers { get; init; }

    /// <summary>
    /// The changes before the last one, newest last, each identified by the hash of the token it gave. A call that is repeated because its
    /// answer was lost must not run twice, even if another change came in between.
    /// </summary>
    [Id(50)]
    public ImmutableArray<RememberedAnswer>? Earlier { get; init; }

    /// <summary>The events of the last change. They are not a part of the stored record: the write appends them to their table.</summary>
    [Id(18), JsonIgnore]
    public ImmutableArray<SessionEvent>? Events { get; init; }

    /// <summary>How long the session lives without being used.</summary>
    [Id(25)]
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>
    /// When it was last used, in steps of a tenth of <see cref="IdleTimeout"/>, without one in steps of an hour; <c>null</c> if only
    /// changes were uses so far.
    /// </summary>
    [Id(26)]
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>
    /// When its lifetime ends; <see cref="ExpiresAt"/> may be earlier because of <see cref="IdleTimeout"/> or <see
    /// cref="UnprovedEndsAt"/>. <c>null</c> without either.
    /// </summary>
    [Id(27)]
    public DateTimeOffset? LifetimeEndsAt { get; init; }

    /// <summary>When it ends unless a factor is proved before; <c>null</c> if there is no such bound, or a factor is proved.</summary>
    [Id(51)]
    public DateTimeOffset? UnprovedEndsAt { get; init; }

    /// <summary>
    /// The time of the latest own change of the person's ways to log in that the session knows of; <c>null</c> if it knows of none.
    /// </summary>
    [Id(53)]
    public DateTimeOffset? OwnChangesUntil { get; init; }

    /// <summary>The person's own name for the device; <c>null</c> if the person gave none.</summary>
    [Id(52)]
    public string? DeviceName { get; init; }

    /// <summary>The challenges that the last change returned, encrypted, so that a repeated request gets the same challenges.</summary>
    [Id(24)]
    public ImmutableArray<byte>? Issued { get; init; }

    /// <summary>The pending WebAuthn challenge; there is at most one.</summary>
    [Id(30)]
    public PendingAssertion? PendingWebAuthn { get; init; }

    /// <summary>The pending code by SMS.</summary>
    [Id(40)]
    public StoredOtp? OtpSmsChallenge { get; init; }

    /// <summary>The pending code by e-mail.</summary>
    [Id(41)]
    public StoredOtp? OtpEmailChallenge { get; init; }

    /// <summary>The messages of the last change. They are not a part of the stored record: the write adds them to the outbox.</summary>
    [Id(42), JsonIgnore]
    public ImmutableArray<OutboxMessage>? Outbox { get; init; }

    /// <summary>
    /// The user agent's fingerprint id for the search column. Also <c>null</c> if it is longer than a search may name, because an index
    /// entry takes at most 2700 bytes.
    /// </summary>
    [JsonIgnore]
    public string? FingerprintId => UserAgent?.FingerprintId is { Length: <= MaxFingerprint } id ? id : null;

    /// <summary>
    /// Whether its lifetime is over at <paramref name="now"/>. This comparison decides, whether or not a timer has fired. But if others
    /// were told that it has expired, no clock that is behind or set back brings it to life.
    /// </summary>
    public bool IsExpired(DateTimeOffset now) => ExpiryPublishedAt is not null || ExpiresAt <= now;

    /// <summary>
    /// Whether it ended or expired longer ago than the retention. Then it counts as never having existed; its row is deleted at about that
    /// time.
    /// </summary>
    public bool IsGone(DateTimeOffset now, TimeSpan retention) => (EndedAt ?? ExpiresAt) < now - retention;
}
