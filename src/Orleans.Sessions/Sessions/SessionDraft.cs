using System.Buffers.Text;
using System.Collections.Immutable;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// A session while a request changes it: nothing of this is durable, and all of it is dropped when a check fails. Checks put
/// their result in and see what earlier checks of the same request found.
/// </summary>
internal sealed class SessionDraft(
    SessionRecord record, SessionServices services, Caller caller, DateTimeOffset now, string? callToken, CancellationToken canceled)
{
    private const int CallIdBytes = 9;

    /// <summary>The session as it would be written.</summary>
    public SessionRecord Record { get; private set; } = record;

    /// <summary>Who asks.</summary>
    public Caller Caller => caller;

    /// <summary>When the request is handled: all that happens in it happens at this instant.</summary>
    public DateTimeOffset Now { get; private set; } = now;

    /// <summary>
    /// Where the answers come from that are checked. A repeated call brings the same token again and is known by its hash.
    /// </summary>
    public CheckOrigin Origin => new(
        Record.UserAgent?.Ip,
        Record.UserAgent?.FingerprintId,
        callToken is null ? null : Base64Url.EncodeToString(TokenHash.Of(callToken).AsSpan(0, CallIdBytes)));

    /// <summary>Says that nobody waits for the request any more. What has begun goes on; it is for what has not.</summary>
    public CancellationToken Canceled { get; } = canceled;

    /// <summary>What every session grain shares.</summary>
    public SessionServices Services => services;

    /// <summary>The other grains.</summary>
    public IGrainFactory Grains => services.Grains;

    /// <summary>The users.</summary>
    public GrainReferences<IUserFactors> Users => services.Users;

    /// <summary>Who the user is, once a user check of this request has asked.</summary>
    public UserIdentity? User { get; set; }

    /// <summary>Who was named in a check, whether or not the check was right; for the audit trail.</summary>
    public UserIdentity? Named { get; set; }

    /// <summary>The right answers that the user's grain has to count once everything is right.</summary>
    public ImmutableArray<RightAnswer> RightAnswers { get; private set; } = [];

    /// <summary>The login at an external provider that was proved; it is used up once everything is right.</summary>
    public IntentCheck? Intent { get; set; }

    /// <summary>What the caller gets of the challenges of this request; <c>null</c>: none was asked for.</summary>
    public IssuedChallenges? Issued { get; set; }

    /// <summary>How many events the request has caused so far; none: nothing changed.</summary>
    public int Events { get; private set; }

    /// <summary>
    /// Takes note of who the user is before anything is checked. What is proved now is newer than any credential that is gone, though this
    /// node's clock may be behind that of the one which noted it.
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
    /// A check was right: the session has proved the factor. Where the user's record has to know of it, <paramref name="answer"/> counts
    /// once everything is right.
    /// </summary>
    public void Prove(ProvedFactor factor, RightAnswer? answer = null, string? credential = null, bool userVerified = false)
    {
        Apply(record => ProofRules.With(record, new Proof(factor, Now, credential, userVerified)));
        RightAnswers = answer is null ? RightAnswers : RightAnswers.Add(answer);
    }

    /// <summary>Changes the session as a part of the event before.</summary>
    public void Update(Func<SessionRecord, SessionRecord> change) => Record = change(Record);

    /// <summary>Puts a message into the outbox: it is written with the session, and delivered after that.</summary>
    public void Send(NotificationKind kind, NotificationContent content) =>
        Update(record => record with { Outbox = [.. record.Outbox ?? [], Services.Notifier.Message(kind, content, Now)] });

    /// <summary>The grain of the session's user; fails with <paramref name="missing"/> when no user was checked.</summary>
    public IUserFactors RequireUser(SessionError missing) => Record.UserId is { } id
        ? Users.Get(GrainKeys.User(id))
        : throw new SessionException(missing);

    /// <summary>Merges metadata: keys overwrite, empty values remove. Nothing to do is no event.</summary>
    public void MergeMetadata(ImmutableDictionary<string, ImmutableArray<byte>> changes)
    {
        var before = Record.Metadata ?? ImmutableDictionary<string, ImmutableArray<byte>>.Empty;
        var after = SessionMetadata.Merge(before, changes);
        if (after != before)
        {
            Apply(record => record with { Metadata = after.IsEmpty ? null : after });
        }
    }

    /// <summary>Restarts the clocks that are named.</summary>
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
