using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage;

/// <summary>Writes the filters of a <see cref="SessionQuery"/>, and what the caller may see, as SQL conditions.</summary>
internal static class SessionConditions
{
    /// <summary>Sessions that match all filters and are visible; terminated ones only if the query says so.</summary>
    public static string Of(SessionQuery query, Visibility visibility, SqlQuery sql) => string.Join(
        " and ", query.Filters.Select(filter => Of(filter, sql)).Prepend(Of(visibility, sql)).Prepend(Ended(query)));

    private static string Ended(SessionQuery query) =>
        query.Filters.Any(filter => filter is SessionFilter.InState { State: SessionState.Terminated })
            ? "ended_at is not null"
            : "ended_at is null";

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

    private static string Of(SessionFilter filter, SqlQuery sql) => filter switch
    {
        SessionFilter.Ids f => sql.In("grain_key", f.Values.Select(id => $"s-{id}")),
        SessionFilter.User f => $"user_id = {sql.Add(f.UserId)}",
        SessionFilter.Creator f => $"creator_id = {sql.Add(f.UserId)}",
        SessionFilter.Fingerprint f => $"fingerprint_id = {sql.Add(f.FingerprintId)}",
        SessionFilter.Created f => $"created_at {Operator(f.Method)} {sql.Add(Instant.ToMicroseconds(f.Date))}",
        SessionFilter.Expires f => Expires(f, sql),
        SessionFilter.InState f => InState(f, sql),
        _ => throw new NotSupportedException($"Filter {filter.GetType().Name} is not supported."),
    };

    /// <summary>
    /// The two halves together say nothing about publication: they are what the two partial indexes on the
    /// expiration date hold. A session that never expires does so later than any date.
    /// </summary>
    private static string Expires(SessionFilter.Expires filter, SqlQuery sql)
    {
        var compared = $"expires_at {Operator(filter.Method)} {sql.Add(Instant.ToMicroseconds(filter.Date))}";
        var condition = $"expiry_published_at is null and {compared} or expiry_published_at is not null and {compared}";
        return filter.Method is Comparison.Greater or Comparison.GreaterOrEquals
            ? $"({condition} or expiry_published_at is null and expires_at is null)"
            : $"({condition})";
    }

    private static string InState(SessionFilter.InState filter, SqlQuery sql) => filter.State switch
    {
        SessionState.Active => $"{Expires(new SessionFilter.Expires(filter.At, Comparison.Greater), sql)} and ended_at is null",
        SessionState.Expired => $"{Expires(new SessionFilter.Expires(filter.At, Comparison.LessOrEquals), sql)} and ended_at is null",
        SessionState.Terminated => "ended_at is not null",
        _ => throw new NotSupportedException($"State {filter.State} is not supported."),
    };

    private static string Operator(Comparison method) => method switch
    {
        Comparison.Equals => "=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEquals => ">=",
        Comparison.Less => "<",
        Comparison.LessOrEquals => "<=",
        _ => throw new NotSupportedException($"Comparison {method} is not supported."),
    };
}
