namespace Orleans.Sessions.Storage;

/// <summary>A part of the rows that a search matches, which an index finds. Parts may overlap.</summary>
/// <param name="Way">
/// The condition that distinguishes the part from the others. A row of the search for which it is true is in this part.
/// </param>
/// <param name="Ordered">
/// The conditions of the part for a page. They exclude each other, and each has an index with the order of the answer.
/// </param>
/// <param name="Counted">The conditions of the part for its number of rows. They exclude each other too, and need no order.</param>
internal sealed record SearchPart(string Way, IReadOnlyList<string> Ordered, IReadOnlyList<string> Counted)
{
    /// <summary>
    /// Each organization costs a look into the index and planning time. A caller who sees more organizations than this sees a considerable
    /// share of the rows, and finds them soon in the order of all rows.
    /// </summary>
    public const int MaxOrganizations = 20;

    public SearchPart(string way, string condition)
        : this(way, [condition], [condition]) { }

    /// <summary>The rows of some organizations. An index has one order for each of them.</summary>
    /// <param name="column">The column of the organization.</param>
    /// <param name="organizations">The organizations, at least one.</param>
    /// <param name="sql">Takes the parameters.</param>
    /// <param name="condition">Adds the conditions of the search to a condition on the organization.</param>
    public static SearchPart OfOrganizations(string column, IEnumerable<string> organizations, SqlQuery sql, Func<string, string> condition)
    {
        var values = organizations.Distinct().Select(sql.Add).ToList();
        var any = $"{column} in ({string.Join(", ", values)})";
        return new(
            any,
            values.Count > MaxOrganizations ? [condition(Unindexed(any))] : [.. values.Select(value => condition($"{column} = {value}"))],
            [condition(any)]
        );
    }

    /// <summary>
    /// The same condition in a form that no index fits. Without it, a planner that knows nothing about the data could take the index of the
    /// wrong column. It is never null.
    /// </summary>
    public static string Unindexed(string condition) => $"coalesce({condition}, false)";
}
