namespace Orleans.Sessions.Storage;

/// <summary>
/// Splits a search of sessions into parts with an index each. The index is chosen here, from those that usually find few sessions to those
/// that find many, because a database without statistics does not know. All other conditions fit no index.
/// </summary>
internal sealed class SessionParts
{
    private readonly SqlQuery _sql;
    private readonly bool _areEnded;
    private readonly string _ended;
    private readonly IReadOnlyList<(SessionFilter Filter, Key? Key, string Text)> _filters;

    /// <summary>The best index that the filters have.</summary>
    private readonly Key _key;

    private SessionParts(SessionQuery query, SqlQuery sql)
    {
        _sql = sql;
        _areEnded = SessionConditions.AreEnded(query);
        _ended = SessionConditions.Ended(query);
        _filters = [.. query.Filters.Select(filter => (filter, KeyOf(filter), SessionConditions.Of(filter, sql)))];
        _key = _filters.Min(filter => filter.Key) ?? Key.Created;
    }

    /// <summary>What finds sessions, fewest first.</summary>
    private enum Key
    {
        Id,
        User,
        Fingerprint,
        Organization,
        Creator,
        Created,
    }

    /// <summary>The parts. Together they have the rows of <see cref="SessionConditions.Of(SessionQuery, Visibility, SqlQuery)"/>.</summary>
    public static IReadOnlyList<SearchPart> Of(SessionQuery query, Visibility visibility, SqlQuery sql) =>
        new SessionParts(query, sql).Of(visibility);

    private List<SearchPart> Of(Visibility visibility)
    {
        if (visibility.Everything)
        {
            return [Remaining("true")];
        }

        var ways = Ways(visibility).ToList();
        List<SearchPart> parts = [.. ways.Where(way => way.Key <= _key).Select(way => way.Part)];
        var others = ways.Where(way => !(way.Key <= _key)).Select(way => way.Part.Way).ToList();
        if (others.Count > 0 || parts.Count == 0)
        {
            parts.Add(Remaining(others.Count == 0 ? "false" : $"({string.Join(" or ", others)})"));
        }

        return parts;
    }

    /// <summary>What lets the caller see a session, with the part that an index for it would find.</summary>
    private IEnumerable<(Key? Key, SearchPart Part)> Ways(Visibility visibility)
    {
        if (visibility.CallerId.Length > 0)
        {
            var caller = _sql.Add(visibility.CallerId);
            yield return Way(Key.User, $"user_id = {caller}");
            yield return Way(Key.Creator, $"creator_id = {caller}");
        }

        if (visibility.AgentId is { Length: > 0 } agent)
        {
            yield return Way(Key.Fingerprint, $"fingerprint_id = {_sql.Add(agent)}");
        }

        if (!visibility.Organizations.IsEmpty)
        {
            yield return (
                Indexed(Key.Organization),
                SearchPart.OfOrganizations("organization_id", visibility.Organizations, _sql, condition =>
                    Condition(Key.Organization, condition)
                )
            );
        }

        (Key?, SearchPart) Way(Key key, string condition) => (Indexed(key), new SearchPart(condition, Condition(key, condition)));
    }

    /// <summary>The part that the filters' own index finds.</summary>
    private SearchPart Remaining(string way)
    {
        var seen = way is "true" or "false" ? way : SearchPart.Unindexed(way);
        var condition = Condition(_key, seen);
        return new(way, [condition], Halves(seen) ?? [condition]);
    }

    /// <summary>
    /// The conditions by which the indexes on the expiration date count sessions. These indexes do not have the order of a page, and only
    /// sessions that are not terminated are in them. If a filter has another index, they are not needed.
    /// </summary>
    private IReadOnlyList<string>? Halves(string seen)
    {
        if (_areEnded || _filters.Any(filter => filter.Key is not null))
        {
            return null;
        }

        foreach (var (index, filter) in _filters.Index())
        {
            if (SessionConditions.Halves(filter.Filter, _sql) is { } halves)
            {
                return [.. halves.Select(half => $"{half} and {Condition(Key.Created, seen, except: index)}")];
            }
        }

        return null;
    }

    /// <summary>All filters and another condition, of which only those fit an index that the key finds.</summary>
    private string Condition(Key key, string condition, int except = -1)
    {
        // Every index but the one of the ids is partial: it needs this condition.
        List<string> conditions = [key == Key.Id ? SearchPart.Unindexed(_ended) : _ended, condition];
        conditions.AddRange(
            from filter in _filters.Index()
            where filter.Index != except
            // The creation date is in the index of every other key.
            let isIndexed = filter.Item.Key == key || (filter.Item.Key == Key.Created && key != Key.Id)
            select isIndexed ? filter.Item.Text : SearchPart.Unindexed(filter.Item.Text)
        );
        return string.Join(" and ", conditions);
    }

    private Key? KeyOf(SessionFilter filter) =>
        filter switch
        {
            SessionFilter.Ids => Key.Id,
            SessionFilter.User => Indexed(Key.User),
            SessionFilter.Creator => Indexed(Key.Creator),
            SessionFilter.Fingerprint => Indexed(Key.Fingerprint),
            SessionFilter.Created => Key.Created,
            _ => null,
        };

    /// <summary>The key if there is an index for it. Terminated sessions have fewer indexes.</summary>
    private Key? Indexed(Key key) => _areEnded && key is Key.Fingerprint or Key.Organization ? null : key;
}
