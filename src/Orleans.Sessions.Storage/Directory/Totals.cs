namespace Orleans.Sessions.Storage;

/// <summary>
/// How many rows a search matches in all. An index finds a page of a million rows as fast as one of ten, but counting them takes time in proportion. So: a page that
/// is not full says the total itself; up to <see cref="ExactUpTo"/> rows are counted; and of more than that a database that can estimates how many there are.
/// </summary>
internal static class Totals
{
    /// <summary>Up to here a total is exact.</summary>
    public const int ExactUpTo = 10_000;

    /// <summary>The total as far as the page says it: one that is not full is the last one, unless it is past the end.</summary>
    public static long? OfPage(int rows, long offset, int limit) =>
        rows < limit && (rows > 0 || offset == 0) ? offset + rows : null;

    /// <summary>
    /// How many rows <paramref name="matching"/> selects. After a full page with <paramref name="seen"/> rows up to its end an estimate says that there are more, so that nobody
    /// who reads page after page stops too early.
    /// </summary>
    public static async Task<long> CountAsync(Database database, string matching, SqlQuery query, long seen, CancellationToken cancellationToken)
    {
        var few = await query.CountAsync(database, $"{matching} limit {ExactUpTo + 1}", cancellationToken);
        return few <= ExactUpTo
            ? few
            : Math.Max(await database.CountManyAsync(matching, query, cancellationToken), Math.Max(ExactUpTo, seen) + 1);
    }
}
