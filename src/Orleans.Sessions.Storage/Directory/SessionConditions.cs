namespace Orleans.Sessions.Storage;

/// <summary>Writes the filters of a <see cref="SessionQuery"/>, and the visibility of the caller, as SQL conditions.</summary>
internal static class SessionConditions
{
    /// <summary>
    /// Sessions that match all filters and that the caller may see. Terminated sessions match only if the query asks for them.
    /// </summary>
    public static string Of(SessionQuery query, Visibility visibility, SqlQuery sql) =>
        string.Join(" and ", query.Filters.Select(filter => Of(filter, sql)).Prepend(Of(visibility, sql)).Prepend(Ended(query)));

    /// <summary>Whether the query asks for terminated sessions.</summary>
    public static bool AreEnded(SessionQuery query) => States(query).Contains(SessionState.Terminated);

    /// <summary>The sessions are terminated, or they are not. No session is in two states.</summary>
    public static string Ended(SessionQuery query) =>
        !AreEnded(query) ? "ended_at is null"
        : States(query).Any(state => state != SessionState.Terminated) ? "false"
        : "ended_at is not null";

    private static IEnumerable<SessionState> States(SessionQuery query) =>
        query.Filters.OfType<SessionFilter.InState>().Select(filter => filter.State);

    private static string Of(Visibility visibility, SqlQuery sql)
    {
        if (visibility.Everything)
        {
            return "true";
        }

        List<string> ways = [];
        if (visibility.CallerId.Length > 0)
        {
            var caller = sql.Add(visibility.CallerId);
            ways.Add($"user_id = {caller}");
            ways.Add($"creator_id = {caller}");
        }

        if (visibility.AgentId is { Length: > 0 } agent)
        {
            ways.Add($"fingerprint_id = {sql.Add(agent)}");
        }

        if (!visibility.Organizations.IsEmpty)
        {
            ways.Add(sql.In("organization_id", visibility.Organizations));
        }

        return ways.Count == 0 ? "false" : $"({string.Join(" or ", ways)})";
    }

    /// <summary>One filter as a condition.</summary>
    public static string Of(SessionFilter filter, SqlQuery sql) =>
        filter switch
        {
            SessionFilter.Ids f => sql.In("grain_key", f.Values.Select(GrainKeys.Session)),
            SessionFilter.User f => $"user_id = {sql.Add(f.UserId)}",
            SessionFilter.Creator f => $"creator_id = {sql.Add(f.UserId)}",
            SessionFilter.Fingerprint f => $"fingerprint_id = {sql.Add(f.FingerprintId)}",
            SessionFilter.Created f => $"created_at {Operator(f.Method)} {sql.Add(Instant.ToMicroseconds(f.Date))}",
            SessionFilter.InState { State: SessionState.Terminated } => "ended_at is not null",
            _ when Halves(filter, sql) is { } halves => $"({string.Join(" or ", halves)})",
            _ => throw new NotSupportedException($"Filter {filter.GetType().Name} is not supported."),
        };

    /// <summary>
    /// The conditions of a filter on the expiration date, which exclude each other; <c>null</c> if the filter is about something else.
    /// </summary>
    public static string[]? Halves(SessionFilter filter, SqlQuery sql) =>
        filter switch
        {
            SessionFilter.Expires f => Halves(f, sql),
            SessionFilter.InState { State: SessionState.Active } f => [.. Halves(new(f.At, Comparison.Greater), sql).Select(Alive)],
            SessionFilter.InState { State: SessionState.Expired } f => [.. Halves(new(f.At, Comparison.LessOrEquals), sql).Select(Alive)],
            _ => null,
        };

    /// <summary>
    /// The first two conditions together do not depend on publication. They are the contents of the two partial indexes on the expiration
    /// date. A session that never expires counts as later than any date.
    /// </summary>
    private static string[] Halves(SessionFilter.Expires filter, SqlQuery sql)
    {
        var compared = $"expires_at {Operator(filter.Method)} {sql.Add(Instant.ToMicroseconds(filter.Date))}";
        string[] halves = [$"expiry_published_at is null and {compared}", $"expiry_published_at is not null and {compared}"];
        return filter.Method is Comparison.Greater or Comparison.GreaterOrEquals
            ? [.. halves, "expiry_published_at is null and expires_at is null"]
            : halves;
    }

    private static string Alive(string condition) => $"{condition} and ended_at is null";

    private static string Operator(Comparison method) =>
        method switch
        {
            Comparison.Equals => "=",
            Comparison.Greater => ">",
            Comparison.GreaterOrEquals => ">=",
            Comparison.Less => "<",
            Comparison.LessOrEquals => "<=",
            _ => throw new NotSupportedException($"Comparison {method} is not supported."),
        };
}
