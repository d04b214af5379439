using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Listing;

/// <summary>
/// Which of a user's sessions must go because there are too many: pure functions. Sessions with a proved factor and those without are counted apart, because
/// anybody who knows a login name can begin a session: that must not cost the person a login.
/// </summary>
internal static class SessionLimits
{
    /// <summary>
    /// The sessions beyond the limits, once <paramref name="newest"/> has come or changed. It stays. Of those with a factor the oldest go; of those without, the
    /// oldest from where most of them come, so that a flood from one place does not end the login that somebody has just begun in another.
    /// </summary>
    public static IEnumerable<SessionRecord> Excess(IEnumerable<SessionRecord> sessions, SessionRecord newest, SessionOptions options, DateTimeOffset now)
    {
        var ofKind = sessions.Where(session => !session.IsExpired(now) && ProofRules.Any(session) == ProofRules.Any(newest)).ToList();
        var limit = ProofRules.Any(newest) ? options.MaxSessionsPerUser : options.UnprovedLimit;
        var excess = limit == 0 ? 0 : ofKind.Count - limit;
        var others = ofKind.Where(session => session.Id != newest.Id);
        return ProofRules.Any(newest)
            ? others.OrderBy(session => session.CreatedAt).Take(excess)
            : others.GroupBy(session => session.UserAgent?.Ip)
                .SelectMany(source => source.OrderByDescending(session => session.CreatedAt).Select((session, rank) => (Session: session, Rank: rank)))
                .OrderByDescending(ranked => ranked.Rank).ThenBy(ranked => ranked.Session.CreatedAt)
                .Select(ranked => ranked.Session).Take(excess);
    }
}
