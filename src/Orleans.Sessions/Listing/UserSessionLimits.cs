using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Listing;

/// <summary>
/// Which of a user's sessions must end because there are too many. Pure functions. Sessions with a proved factor and sessions without one
/// are counted separately, because anyone who knows a login name can begin a session. This must not end a session in which the person is
/// logged in.
/// </summary>
internal static class UserSessionLimits
{
    /// <summary>
    /// The sessions beyond the limits after <paramref name="newest"/> was created or changed; <paramref name="newest"/> itself stays. Of
    /// sessions with a factor the oldest end. Of sessions without one, the oldest from the address with most of them end, so that a flood
    /// from one address does not end a login that has just begun at another.
    /// </summary>
    public static IEnumerable<SessionRecord> Excess(
        IEnumerable<SessionRecord> sessions,
        SessionRecord newest,
        SessionOptions options,
        DateTimeOffset now
    )
    {
        var ofKind = sessions.Where(session => !session.IsExpired(now) && ProofRules.Any(session) == ProofRules.Any(newest)).ToList();
        var limit = ProofRules.Any(newest) ? options.MaxSessionsPerUser : options.UnprovedLimit;
        var excess = limit == 0 ? 0 : ofKind.Count - limit;
        var others = ofKind.Where(session => session.Id != newest.Id);
        return ProofRules.Any(newest)
            ? others.OrderBy(session => session.CreatedAt).Take(excess)
            : others
                .GroupBy(session => session.UserAgent?.Ip)
                .SelectMany(source =>
                    source.OrderByDescending(session => session.CreatedAt).Select((session, rank) => (Session: session, Rank: rank))
                )
                .OrderByDescending(ranked => ranked.Rank)
                .ThenBy(ranked => ranked.Session.CreatedAt)
                .Select(ranked => ranked.Session)
                .Take(excess);
    }
}
