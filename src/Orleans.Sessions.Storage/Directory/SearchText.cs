namespace Orleans.Sessions.Storage;

/// <summary>
/// Writes the statements of a search that finds its rows in parts. One condition with <c>or</c> would fit no index. Its parts have an index
/// each, so a page costs the same however many rows there are. The statements have the parameter <c>@service</c>.
/// </summary>
/// <param name="table">The searched table.</param>
/// <param name="name">The name of its rows in conditions and orders.</param>
internal sealed class SearchText(string table, string name)
{
    /// <summary>
    /// The rows of a page, in order. Each part gives its first rows up to the end of the page, and the database merges them. A row of two
    /// parts comes from the first of them. The others leave it out only after they have found their first rows. Otherwise a part with all
    /// of its rows in an earlier part would be read to its end.
    /// </summary>
    public string Page(IReadOnlyList<SearchPart> parts, string order, long offset, int limit, SqlQuery sql)
    {
        var page = $"order by {order} limit {sql.Add(limit)} offset {sql.Add(offset)}";
        if (parts is [{ Ordered: [var only] }])
        {
            return $"select * {From(only)} {page}";
        }

        var first = $"order by {order} limit {sql.Add(Math.Min(offset, long.MaxValue - limit) + limit)}";
        return $"{Joined(parts.Select((part, i) => Without(parts.Take(i), Rows(part))))} {page}";

        string Rows(SearchPart part) =>
            part.Ordered is [var condition]
                ? $"select * {From(condition)} {first}"
                : $"{Joined(part.Ordered.Select(one => $"select * {From(one)} {first}"))} {first}";

        // The order, which the rows have already, tells the database that it can merge the parts without sorting them.
        string Without(IEnumerable<SearchPart> earlier, string rows) =>
            Outside(earlier) is { Length: > 0 } outside ? $"select * from ({rows}) {name} where {outside} order by {order}" : rows;
    }

    /// <summary>One row for each row of the search, in no order.</summary>
    public string Matching(IReadOnlyList<SearchPart> parts) =>
        string.Join(
            " union all ",
            from part in parts.Index()
            let outside = Outside(parts.Take(part.Index))
            from condition in part.Item.Counted
            select $"select 1 {From(condition)}{(outside.Length == 0 ? "" : $" and {outside}")}"
        );

    /// <summary>
    /// Nearly all rows have the same service, so an index on it would not help. In this form no index fits the condition, and the planner
    /// expects that many rows match. So it prefers an index that has the order of the page.
    /// </summary>
    private string From(string condition) =>
        $"from {table} {name} where {SearchPart.Unindexed($"{name}.service_id = @service")} and {condition}";

    private string Joined(IEnumerable<string> texts) =>
        $"select * from ({string.Join(" union all ", texts.Select(text => $"select * from ({text}) {name}"))}) {name}";

    private static string Outside(IEnumerable<SearchPart> parts) =>
        string.Join(" and ", parts.Select(part => $"not {SearchPart.Unindexed(part.Way)}"));
}
