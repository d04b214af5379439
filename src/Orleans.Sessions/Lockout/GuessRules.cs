using Orleans.Sessions.State;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Lockout;

/// <summary>
/// What wrong answers to a factor cost, and for how long. Pure functions of the user's record.
/// <para>
/// Wrong answers count for their source, and block the factor for that source. A stranger therefore blocks only themselves, until so many
/// strangers have tried that the factor is blocked for all strangers. A source where the user has logged in recently is not affected by
/// strangers: it has its own count, and only a high limit over all sources blocks it too. No block is stored: it follows from the count and
/// the time of the last wrong answer, and ends by itself.
/// </para>
/// </summary>
internal static class GuessRules
{
    /// <summary>The maximum number of sources counted separately for each factor; further strangers are counted together.</summary>
    private const int MaxSources = 16;

    private const int MaxKnown = 8;
    private const int MaxCalls = 8;

    /// <summary>
    /// A known source is recorded again only after this fraction of its time (1/30). Recording each login would cost a write for each.
    /// </summary>
    private const int RenewalsOfKnown = 30;

    /// <summary>
    /// Fails with <paramref name="blocked"/>, or if it is <c>null</c> with the factor's own error, while the factor is blocked for this
    /// source.
    /// </summary>
    public static void EnsureOpen(
        UserRecord user,
        GuessedFactor factor,
        AnswerSource from,
        LockoutOptions lockout,
        DateTimeOffset now,
        SessionError? blocked = null
    )
    {
        var source = SourceOf(user, from, lockout, now);
        if (BlockedUntil(user, factor, source, lockout, now) is { } until)
        {
            throw new SessionException(blocked ?? factor.Blocked)
            {
                FailedAttempts = Fresh(user, factor, lockout, now).CountOf(source),
                RetryAfter = until - now,
            };
        }
    }

    /// <summary>
    /// Counts a wrong answer. The error says that it is wrong, even if it is the answer that blocks the factor or locks the user.
    /// </summary>
    public static Verdict Wrong(
        UserRecord user,
        GuessedFactor factor,
        AnswerSource from,
        LockoutOptions lockout,
        DateTimeOffset now,
        SessionError wrong
    )
    {
        var source = SourceOf(user, from, lockout, now);
        var failures = Fresh(user, factor, lockout, now);
        var isRepeated = from.CallId is { } call && failures.Calls?.Contains(call) == true;
        var next = isRepeated ? user : factor.Set(user, Bounded(Count(failures, source, from.CallId, now), user, lockout, now));
        var counted = factor.Get(next)!;
        var ofSource = counted.CountOf(source);
        var slowedBy = IsKnown(user, source, lockout, now) ? ofSource : Math.Max(ofSource, Strangers(counted, user, lockout, now).Count);
        return new Verdict(
            lockout.LockUser && !isRepeated ? LockAt(factor.Limit(lockout), ofSource, next) : next,
            new SessionException(wrong)
            {
                FailedAttempts = factor.Kind == ProvedFactor.Password ? ofSource : null,
                AnswerDelay = lockout.Tarpit.DelayFor(slowedBy),
            }
        );
    }

    /// <summary>Counts a right answer: earlier wrong answers from the same source no longer count.</summary>
    public static UserRecord Right(UserRecord user, GuessedFactor factor, AnswerSource from)
    {
        if (factor.Get(user) is not { } failures)
        {
            return user;
        }

        var left = failures.Sources.RemoveAll(entry =>
            entry.Source == from.Address || entry.Source == from.Device || entry.Source == AnswerSource.Anywhere
        );
        return left.Length == failures.Sources.Length
            ? user
            : factor.Set(user, left.IsEmpty && failures.Elsewhere == 0 ? null : failures with { Sources = left });
    }

    /// <summary>Records that the user has logged in from this source.</summary>
    public static UserRecord LoggedIn(UserRecord user, AnswerSource from, LockoutOptions lockout, DateTimeOffset now)
    {
        string?[] there = [from.Address is AnswerSource.Nowhere or AnswerSource.Anywhere ? null : from.Address, from.Device];
        var sources = there.OfType<string>().ToList();
        var known = user.KnownSources ?? [];
        var renewal = lockout.KnownFor / RenewalsOfKnown;
        if (
            lockout.KnownFor == TimeSpan.Zero
            || sources.All(source => known.Any(one => one.Source == source && now - one.SeenAt < renewal))
        )
        {
            return user;
        }

        var kept = known
            .Where(one => !sources.Contains(one.Source) && now - one.SeenAt < lockout.KnownFor)
            .Concat(sources.Select(source => new KnownSource(source, now)));
        return user with { KnownSources = [.. kept.TakeLast(MaxKnown)] };
    }

    /// <summary>Whether a factor is blocked for any source.</summary>
    public static bool IsBlocked(UserRecord user, GuessedFactor factor, LockoutOptions lockout, DateTimeOffset now) =>
        BlockedUntil(user, factor, lockout, now) is not null;

    /// <summary>When the last block of a factor ends, for whichever source; <c>null</c> if it is blocked for none.</summary>
    public static DateTimeOffset? BlockedUntil(UserRecord user, GuessedFactor factor, LockoutOptions lockout, DateTimeOffset now) =>
        factor
            .Get(user)
            ?.Sources.Select(entry => entry.Source)
            .Append(AnswerSource.Nowhere)
            .Max(source => BlockedUntil(user, factor, source, lockout, now));

    /// <summary>The user with all wrong answers forgotten.</summary>
    public static UserRecord Forgotten(UserRecord user) => user with { Guesses = null };

    /// <summary>The user with all wrong answers to one factor forgotten.</summary>
    public static UserRecord Forgotten(UserRecord user, GuessedFactor factor) => factor.Set(user, null);

    /// <summary>The number of wrong answers to a factor.</summary>
    public static int CountOf(UserRecord user, GuessedFactor factor) => factor.Get(user) is { } failures ? All(failures).Count : 0;

    /// <summary>
    /// For which sources the last wrong answer blocked a factor: <c>source</c>, <c>strangers</c> or <c>everybody</c>; <c>null</c> if for
    /// none.
    /// </summary>
    public static string? BlockOf(UserRecord user, GuessedFactor factor, LockoutOptions lockout) =>
        factor.Get(user) is { Sources: [.., var last] }
            ? Blocks(user, factor, last.Source, lockout, last.LastAt).Select(block => block.For).LastOrDefault()
            : null;

    private static DateTimeOffset? BlockedUntil(
        UserRecord user,
        GuessedFactor factor,
        string source,
        LockoutOptions lockout,
        DateTimeOffset now
    ) => Blocks(user, factor, source, lockout, now).Max(block => (DateTimeOffset?)block.Until);

    /// <summary>The blocks that apply to a source now, from the narrowest to the widest.</summary>
    private static IEnumerable<(string For, DateTimeOffset Until)> Blocks(
        UserRecord user,
        GuessedFactor factor,
        string source,
        LockoutOptions lockout,
        DateTimeOffset now
    )
    {
        var limit = factor.Limit(lockout);
        if (limit == 0 || lockout.LockUser || factor.Get(user) is null)
        {
            return [];
        }

        var failures = Fresh(user, factor, lockout, now);
        var own = failures.Sources.FirstOrDefault(entry => entry.Source == source);
        (string For, DateTimeOffset? Until)[] blocks =
        [
            ("source", own is null ? null : End((own.Count, own.LastAt), limit)),
            (
                "strangers",
                IsKnown(user, source, lockout, now)
                    ? null
                    : End(Strangers(failures, user, lockout, now), Math.Max(limit, lockout.MaxStrangerAttempts))
            ),
            ("everybody", End(All(failures), Math.Max(limit, lockout.MaxAccountAttempts))),
        ];
        return blocks.Where(block => block.Until > now).Select(block => (block.For, block.Until!.Value));

        DateTimeOffset? End((int Count, DateTimeOffset LastAt) wrong, int most) =>
            wrong.Count >= most ? wrong.LastAt + lockout.BlockFor(wrong.Count - most) : null;
    }

    /// <summary>
    /// A known device counts as itself, whatever its address. Anything else counts by its address, because anyone can invent devices.
    /// </summary>
    private static string SourceOf(UserRecord user, AnswerSource from, LockoutOptions lockout, DateTimeOffset now) =>
        lockout.LockUser ? AnswerSource.Anywhere
        : from.Device is { } device && IsKnown(user, device, lockout, now) ? device
        : from.Address;

    private static bool IsKnown(UserRecord user, string source, LockoutOptions lockout, DateTimeOffset now) =>
        user.KnownSources?.Any(known => known.Source == source && now - known.SeenAt < lockout.KnownFor) == true;

    /// <summary>The wrong answers that still count.</summary>
    private static FactorFailures Fresh(UserRecord user, GuessedFactor factor, LockoutOptions lockout, DateTimeOffset now)
    {
        var failures = factor.Get(user) ?? new FactorFailures();
        if (lockout.LockUser)
        {
            return failures;
        }

        var isElsewhereFresh = now - failures.ElsewhereAt < lockout.ForgetAfter;
        return failures with
        {
            Sources = failures.Sources.RemoveAll(entry => now - entry.LastAt >= lockout.ForgetAfter),
            Elsewhere = isElsewhereFresh ? failures.Elsewhere : 0,
            ElsewhereAt = isElsewhereFresh ? failures.ElsewhereAt : null,
        };
    }

    private static FactorFailures Count(FactorFailures failures, string source, string? callId, DateTimeOffset now) =>
        failures with
        {
            Sources = failures.Sources.RemoveAll(entry => entry.Source == source).Add(new(source, failures.CountOf(source) + 1, now)),
            Calls = callId is null ? failures.Calls : [.. (failures.Calls ?? []).Append(callId).TakeLast(MaxCalls)],
        };

    /// <summary>
    /// Keeps the number of separate sources within the limit: the stranger who failed longest ago is counted with the others.
    /// </summary>
    private static FactorFailures Bounded(FactorFailures failures, UserRecord user, LockoutOptions lockout, DateTimeOffset now)
    {
        if (failures.Sources.Length <= MaxSources)
        {
            return failures;
        }

        var folded = failures.Sources.First(entry => !IsKnown(user, entry.Source, lockout, now));
        return failures with
        {
            Sources = failures.Sources.Remove(folded),
            Elsewhere = failures.Elsewhere + folded.Count,
            ElsewhereAt = Times.Later(folded.LastAt, failures.ElsewhereAt),
        };
    }

    private static (int Count, DateTimeOffset LastAt) Strangers(
        FactorFailures failures,
        UserRecord user,
        LockoutOptions lockout,
        DateTimeOffset now
    ) => Sum(failures, failures.Sources.Where(entry => !IsKnown(user, entry.Source, lockout, now)));

    private static (int Count, DateTimeOffset LastAt) All(FactorFailures failures) => Sum(failures, failures.Sources);

    private static (int Count, DateTimeOffset LastAt) Sum(FactorFailures failures, IEnumerable<SourceFailures> sources) =>
        sources.Aggregate((Count: failures.Elsewhere, LastAt: failures.ElsewhereAt ?? DateTimeOffset.MinValue), (sum, entry) =>
            (sum.Count + entry.Count, Times.Later(sum.LastAt, entry.LastAt))
        );

    private static int CountOf(this FactorFailures failures, string source) =>
        failures.Sources.FirstOrDefault(entry => entry.Source == source)?.Count ?? 0;

    /// <summary>The user, locked and with all sessions dead if the failures reach the limit; a limit of 0 never locks.</summary>
    private static UserRecord LockAt(int limit, int failures, UserRecord user) =>
        limit > 0 && failures >= limit
            ? UserRules.EndSessions(user with { State = UserState.Locked }, Sessions.SessionEndReason.UserLocked)
            : user;
}
