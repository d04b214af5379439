using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Listing;

/// <summary>
/// The search over sessions in memory, which do not include terminated ones. It has the same meaning as the directory's SQL (contract §7);
/// the conformance tests check both.
/// </summary>
internal static class SessionMatching
{
    /// <summary>The page of those <paramref name="candidates"/> that match the query and that the caller may see.</summary>
    public static SessionPage Page(IEnumerable<FoundSession> candidates, Caller caller, SessionQuery query, DateTimeOffset now)
    {
        var matching = candidates
            .Where(found =>
                found.Session.EndedAt is null
                && SessionRules.MayRead(found.Session, caller)
                && query.Filters.All(filter => Matches(found.Session, filter))
            )
            .ToList();
        matching.Sort(
            static (left, right) =>
            {
                var byDate = left.Session.CreatedAt.CompareTo(right.Session.CreatedAt);
                return byDate != 0 ? byDate : string.CompareOrdinal(left.Session.Id, right.Session.Id);
            }
        );
        if (!query.Ascending)
        {
            matching.Reverse();
        }

        var page = matching
            .Skip((int)Math.Min(query.Offset, int.MaxValue))
            .Take(query.Limit)
            .Select(found => Shown(SessionRules.View(found.Session, found.User), found.Session, query, now));
        return new SessionPage([.. page], matching.Count, now) { IsTotalExact = true };
    }

    /// <summary>The view, with the session's state at the time of the search.</summary>
    public static SessionView Shown(SessionView view, SessionRecord session, SessionQuery query, DateTimeOffset now) =>
        SessionRules.At(view, session, query.Filters.OfType<SessionFilter.InState>().FirstOrDefault()?.At ?? now);

    /// <summary>Whether a factor is proved, if the search asks for that.</summary>
    public static bool IsAsProved(SessionRecord session, SessionQuery query) =>
        query.Filters.OfType<SessionFilter.Proved>().All(filter => filter.Value == ProofRules.Any(session));

    private static bool Matches(SessionRecord session, SessionFilter filter) =>
        filter switch
        {
            SessionFilter.Proved proved => proved.Value == ProofRules.Any(session),
            SessionFilter.InState state => SessionRules.StateOf(session, state.At) == state.State,
            SessionFilter.Ids ids => ids.Values.Contains(session.Id),
            SessionFilter.User user => session.UserId == user.UserId,
            SessionFilter.Creator creator => session.CreatorId == creator.UserId,
            SessionFilter.Fingerprint fingerprint => session.FingerprintId == fingerprint.FingerprintId,
            SessionFilter.Created created => Compare(session.CreatedAt, created.Date, created.Method),
            SessionFilter.Expires { Method: Comparison.Greater or Comparison.GreaterOrEquals } when session.ExpiresAt is null => true,
            SessionFilter.Expires expires => session.ExpiresAt is { } date && Compare(date, expires.Date, expires.Method),
            _ => throw new SessionException(SessionErrors.QueryMissing),
        };

    private static bool Compare(DateTimeOffset date, DateTimeOffset with, Comparison method) =>
        method switch
        {
            Comparison.Equals => date == with,
            Comparison.Greater => date > with,
            Comparison.GreaterOrEquals => date >= with,
            Comparison.Less => date < with,
            Comparison.LessOrEquals => date <= with,
            _ => false,
        };
}
