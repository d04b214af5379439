using System.Collections.Immutable;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Lockout;

/// <summary>
/// What wrong answers to a factor cost and for how long: pure functions of the user's record.
/// <para>
/// They count where they come from, and block the factor there. So a stranger keeps nobody out but themselves, until so many strangers have
/// tried that the factor is blocked for all of them. A place where the user has logged in lately has nothing to do with that: it has its
/// own count, and only a hard bound over everybody blocks it too. No block is stored: it follows from the count and the last wrong answer,
/// and is over by itself.
/// </para>
/// </summary>
internal static class GuessRules
{
    /// <summary>So many sources are kept apart for each factor; strangers beyond them are counted together.</summary>
    private const int MaxSources = 16;

    private const int MaxKnown = 8;
    private const int MaxCalls = 8;

    /// <summary>To note each login would be a write for each: a known source is noted again when this part of its time is over.</summary>
    private const int RenewalsOfKnown = 30;

    /// <summary>
    /// Fails with <paramref name="blocked"/>, or else the factor's own error, while the factor is blocked for this source.
    /// </summary>
    public static void EnsureOpen(
        UserRecord user, GuessedFactor factor, AnswerSource from, LockoutOptions lockout, DateTimeOffset now, SessionError? blocked = null)
    {
        var source = SourceOf(user, from, lockout, now);
        if (BlockedUntil(user, factor, source, lockout, now) is { } until)
        {
            throw new SessionException(blocked ?? factor.Blocked) { FailedAttempts = Fresh(user, factor, lockout, now).CountOf(source), RetryAfter = until - now };
        }
    }

    /// <summary>A wrong answer counts, and is answered as wrong even when it is the one that blocks the factor or locks the user.</summary>
    public static Verdict Wrong(UserRecord user, GuessedFactor factor, AnswerSource from, LockoutOptions lockout, DateTimeOffset now, SessionError wrong)
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
            });
    }

    /// <summary>A right answer: what was wrong from there before does not count any more.</summary>
    public static UserRecord Right(UserRecord user, GuessedFactor factor, AnswerSource from)
    {
        if (factor.Get(user) is not { } failures)
        {
            return user;
        }

        var left = failures.Sources.RemoveAll(entry => entry.Source == from.Address || entry.Source == from.Device || entry.Source == AnswerSource.Anywhere);
        return left.Length == failures.Sources.Length ? user
            : factor.Set(user, left.IsEmpty && failures.Elsewhere == 0 ? null : failures with { Sources = left });
    }

    /// <summary>The user has logged in there.</summary>
    public static UserRecord LoggedIn(UserRecord user, AnswerSource from, LockoutOptions lockout, DateTimeOffset now)
    {
        string?[] there = [from.Address is AnswerSource.Nowhere or AnswerSource.Anywhere ? null : from.Address, from.Device];
        var sources = there.OfType<string>().ToList();
        var known = user.KnownSources ?? [];
        var renewal = lockout.KnownFor / RenewalsOfKnown;
        if (lockout.KnownFor == TimeSpan.Zero || sources.All(source => known.Any(one => one.Source == source && now - one.SeenAt < renewal)))
        {
            return user;
        }

        var kept = known.Where(one => !sources.Contains(one.Source) && now - one.SeenAt < lockout.KnownFor)
            .Concat(sources.Select(source => new KnownSource(source, now)));
        return user with { KnownSources = [.. kept.TakeLast(MaxKnown)] };
    }

    /// <summary>Whether a factor is blocked for anybody.</summary>
    public static bool IsBlocked(UserRecord user, GuessedFactor factor, LockoutOptions lockout, DateTimeOffset now) =>
        factor.Get(user) is { } failures
        && failures.Sources.Select(entry => entry.Source).Append(AnswerSource.Nowhere).Any(source => BlockedUntil(user, factor, source, lockout, now) is not null);

    /// <summary>The user with no wrong answers.</summary>
    public static UserRecord Forgotten(UserRecord user) => user with { Guesses = null };

    /// <summary>The user with no wrong answers to a factor.</summary>
    public static UserRecord Forgotten(UserRecord user, GuessedFactor factor) => factor.Set(user, null);

    /// <summary>How many wrong answers there were to a factor.</summary>
    public static int CountOf(UserRecord user, GuessedFactor factor) => factor.Get(user) is { } failures ? All(failures).Count : 0;

    /// <summary>
    /// For whom the last wrong answer to a factor blocked it: <c>source</c>, <c>strangers</c> or <c>everybody</c>; <c>null</c>: for nobody.
    /// </summary>
    public static string? BlockOf(UserRecord user, GuessedFactor factor, LockoutOptions lockout) =>
        factor.Get(user) is { Sources: [.., var last] } ? Blocks(user, factor, last.Source, lockout, last.LastAt).Select(block => block.For).LastOrDefault() : null;

    private static DateTimeOffset? BlockedUntil(UserRecord user, GuessedFactor factor, string source, LockoutOptions lockout, DateTimeOffset now) =>
        Blocks(user, factor, source, lockout, now).Max(block => (DateTimeOffset?)block.Until);

    /// <summary>What keeps a source out now, from the narrowest to the widest.</summary>
    private static IEnumerable<(string For, DateTimeOffset Until)> Blocks(
        UserRecord user, GuessedFactor factor, string source, LockoutOptions lockout, DateTimeOffset now)
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
            ("strangers", IsKnown(user, source, lockout, now) ? null : End(Strangers(failures, user, lockout, now), Math.Max(limit, lockout.MaxStrangerAttempts))),
            ("everybody", End(All(failures), Math.Max(limit, lockout.MaxAccountAttempts))),
        ];
        return blocks.Where(block => block.Until > now).Select(block => (block.For, block.Until!.Value));

        DateTimeOffset? End((int Count, DateTimeOffset LastAt) wrong, int most) =>
            wrong.Count >= most ? wrong.LastAt + lockout.BlockFor(wrong.Count - most) : null;
    }

    /// <summary>
    /// A device that is known counts as itself, wherever it is; anything else counts by its address, because anybody can make devices up.
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

    private static FactorFailures Count(FactorFailures failures, string source, string? callId, DateTimeOffset now) => failures with
    {
        Sources = failures.Sources.RemoveAll(entry => entry.Source == source).Add(new(source, failures.CountOf(source) + 1, now)),
        Calls = callId is null ? failures.Calls : [.. (failures.Calls ?? []).Append(callId).TakeLast(MaxCalls)],
    };

    /// <summary>No more sources than are kept apart: the stranger who failed longest ago is counted with the others.</summary>
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
            ElsewhereAt = Later(failures.ElsewhereAt, folded.LastAt),
        };
    }

    private static (int Count, DateTimeOffset LastAt) Strangers(FactorFailures failures, UserRecord user, LockoutOptions lockout, DateTimeOffset now) =>
        Sum(failures, failures.Sources.Where(entry => !IsKnown(user, entry.Source, lockout, now)));

    private static (int Count, DateTimeOffset LastAt) All(FactorFailures failures) => Sum(failures, failures.Sources);

    private static (int Count, DateTimeOffset LastAt) Sum(FactorFailures failures, IEnumerable<SourceFailures> sources) => sources.Aggregate(
        (Count: failures.Elsewhere, LastAt: failures.ElsewhereAt ?? DateTimeOffset.MinValue),
        (sum, entry) => (sum.Count + entry.Count, Later(sum.LastAt, entry.LastAt)));

    private static int CountOf(this FactorFailures failures, string source) =>
        failures.Sources.FirstOrDefault(entry => entry.Source == source)?.Count ?? 0;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    /// <summary>The user, locked with all sessions dead once the failures reach the limit; 0: never.</summary>
    private static UserRecord LockAt(int limit, int failures, UserRecord user) => limit > 0 && failures >= limit
        ? UserRules.EndSessions(user with { State = UserState.Locked }, Sessions.SessionEndReason.UserLocked)
        : user;
}
