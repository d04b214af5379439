using System.Collections.Immutable;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// A session while a request changes it: nothing of this is durable, and all of it is dropped when a check fails. Checks put
/// their result in and see what earlier checks of the same request found.
/// </summary>
internal sealed class SessionDraft(SessionRecord record, IGrainFactory grains, DateTimeOffset now)
{
    private static readonly DateTimeOffset s_latest = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>The session as it would be written.</summary>
    public SessionRecord Record { get; private set; } = record;

    /// <summary>When the request is handled: all that happens in it happens at this instant.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The other grains.</summary>
    public IGrainFactory Grains { get; } = grains;

    /// <summary>Who the user is, once a user check of this request has asked.</summary>
    public UserIdentity? User { get; set; }

    /// <summary>What the user's grain has to note once everything is right.</summary>
    public ProvenFactors Proven { get; set; } = ProvenFactors.None;

    /// <summary>The login at an external provider that was proved; it is used up once everything is right.</summary>
    public IntentCheck? Intent { get; set; }

    /// <summary>What the caller gets of the challenges of this request; <c>null</c>: none was asked for.</summary>
    public IssuedChallenges? Issued { get; set; }

    /// <summary>How many events the request has caused so far; none: nothing changed.</summary>
    public int Events { get; private set; }

    /// <summary>Applies one event.</summary>
    public void Apply(Func<SessionRecord, SessionRecord> change)
    {
        Record = change(Record);
        Events++;
    }

    /// <summary>The grain of the session's user; fails with <paramref name="missing"/> when no user was checked.</summary>
    public IUserFactors RequireUser(SessionError missing) => Record.UserId is { } id
        ? Grains.GetGrain<IUserFactors>(GrainKeys.User(id))
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

    /// <summary>Restarts the clock.</summary>
    public void SetLifetime(TimeSpan? lifetime)
    {
        if (lifetime is { } duration)
        {
            var expiresAt = duration < s_latest - Now ? Now + duration : s_latest;
            Apply(record => record with { ExpiresAt = expiresAt, ExpiryPublishedAt = null });
        }
    }
}
