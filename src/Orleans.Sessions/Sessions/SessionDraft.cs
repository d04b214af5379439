using System.Buffers.Text;
using System.Collections.Immutable;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// A session while a request changes it. Nothing here is durable, and all of it is dropped when a check fails. Checks store
/// their results here and see the results of earlier checks of the same request.
/// </summary>
internal sealed class SessionDraft(
    SessionRecord record,
    SessionServices services,
    Caller caller,
    DateTimeOffset now,
    string? callToken,
    CancellationToken canceled
)
{
    private const int CallIdBytes = 9;

    /// <summary>The session as it would be written.</summary>
    public SessionRecord Record { get; private set; } = record;

    /// <summary>The caller of the request.</summary>
    public Caller Caller => caller;

    /// <summary>The time of the request: everything in it happens at this instant.</summary>
    public DateTimeOffset Now { get; private set; } = now;

    /// <summary>
    /// The origin of the checked answers. A repeated call brings the same token again and is recognised by its hash.
    /// </summary>
    public CheckOrigin Origin =>
        new(
            Record.UserAgent?.Ip,
            Record.UserAgent?.FingerprintId,
            callToken is null ? null : Base64Url.EncodeToString(TokenHash.Of(callToken).AsSpan(0, CallIdBytes))
        );

    /// <summary>Signals that the caller no longer waits. Work that has begun continues; work that has not begun does not start.</summary>
    public CancellationToken Canceled { get; } = canceled;

    /// <summary>The services that all session grains share.</summary>
    public SessionServices Services => services;

    /// <summary>The user's identity, once a user check of this request has read it.</summary>
    public UserIdentity? User { get; set; }

    /// <summary>The user named in a check, whether or not the check succeeded; for the audit trail.</summary>
    public UserIdentity? Named { get; set; }

    /// <summary>The right answers that the user's grain has to count once all checks have succeeded.</summary>
    public ImmutableArray<RightAnswer> RightAnswers { get; private set; } = [];

    /// <summary>The proved login at an external provider; it is used up once all checks have succeeded.</summary>
    public IntentCheck? Intent { get; set; }

    /// <summary>What the caller gets of the challenges of this request; <c>null</c> if the request asked for no challenge.</summary>
    public IssuedChallenges? Issued { get; set; }

    /// <summary>How many events the request has caused so far; 0 means that nothing changed.</summary>
    public int Events { get; private set; }

    /// <summary>
    /// Stores the user's identity before anything is checked. Proofs of this request must be newer than any removal of a credential, even
    /// if this node's clock is behind the clock of the node that recorded the removal.
    /// </summary>
    public void Heed(UserIdentity user)
    {
        var earliest = ProofRules.EarliestProof(user);
        Now = Now < earliest ? earliest : Now;
    }

    /// <summary>Applies one event.</summary>
    public void Apply(Func<SessionRecord, SessionRecord> change)
    {
        Update(change);
        Events++;
    }

    /// <summary>
    /// Records a successful check: the session has proved the factor. If the user's record must know of it, <paramref name="answer"/>
    /// counts once all checks have succeeded.
    /// </summary>
    public void Prove(ProvedFactor factor, RightAnswer? answer = null, string? credential = null, bool userVerified = false) =>
        Prove(new Proof(factor, Now, credential, userVerified), answer);

    /// <summary>Like the other overload, for a proof that says more.</summary>
    public void Prove(Proof proof, RightAnswer? answer)
    {
        Apply(record => ProofRules.With(record, proof));
        RightAnswers = answer is null ? RightAnswers : RightAnswers.Add(answer);
    }

    /// <summary>Changes the session as part of the previous event.</summary>
    public void Update(Func<SessionRecord, SessionRecord> change) => Record = change(Record);

    /// <summary>Adds a message to the outbox: it is written together with the session, and delivered after that.</summary>
    public void Send(NotificationKind kind, NotificationContent content) =>
        Update(record => record with { Outbox = [.. record.Outbox ?? [], Services.Notifier.Message(kind, content, Now)] });

    /// <summary>The grain of the session's user; fails with <paramref name="missing"/> if no user was checked.</summary>
    public IUserFactors RequireUser(SessionError missing) =>
        Record.UserId is { } id ? services.Users.Get(GrainKeys.User(id)) : throw new SessionException(missing);

    /// <summary>Merges metadata: keys overwrite, empty values remove. A merge without any change is not an event.</summary>
    public void MergeMetadata(ImmutableDictionary<string, ImmutableArray<byte>> changes)
    {
        var before = Record.Metadata ?? ImmutableDictionary<string, ImmutableArray<byte>>.Empty;
        var after = SessionMetadata.Merge(before, changes);
        if (after != before)
        {
            Apply(record => record with { Metadata = after.IsEmpty ? null : after });
        }
    }

    /// <summary>Bounds the life of a new session as long as no factor is proved in it.</summary>
    public void BoundUnproved(TimeSpan? asked)
    {
        var most = Services.Options.UnprovedLifetime;
        if ((asked < most ? asked : most ?? asked) is { } lifetime)
        {
            Update(record => SessionExpiry.WithUnprovedLifetime(record, lifetime));
        }
    }

    /// <summary>Restarts the lifetimes that the request names.</summary>
    public void SetLifetime(TimeSpan? lifetime, TimeSpan? idleTimeout)
    {
        if (lifetime is { } duration)
        {
            Apply(record => SessionExpiry.WithLifetime(record, duration, Now));
        }

        if (idleTimeout is { } idle)
        {
            Apply(record => SessionExpiry.WithIdleTimeout(record, idle, Now));
        }
    }
}
