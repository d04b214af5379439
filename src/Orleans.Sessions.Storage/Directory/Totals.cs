namespace Orleans.Sessions.Storage;

/// <summary>
/// Finds the total number of rows that a search matches. An index finds a page of a million rows as fast as a page of ten, but the time for
/// counting grows with the number of rows. So there are three cases. A page that is not full gives the total itself. Up to
/// <see cref="ExactUpTo"/> rows are counted. Above that, the database estimates the number, if it can.
/// </summary>
internal static class Totals
{
    /// <summary>The largest total that is always exact.</summary>
    public const int ExactUpTo = 10_000;

    /// <summary>The total, if the page gives it. A page that is not full is the last one, unless the offset is past the end.</summary>
    public static long? OfPage(int rows, long offset, int limit) => rows < limit && (rows > 0 || offset == 0) ? offset + rows : null;

    /// <summary>
    /// The number of rows that <paramref name="matching"/> selects, and whether it is exact. <paramref name="estimated"/> selects the same
    /// rows by conditions that the database has statistics of. <paramref name="seen"/> is the number of rows up to the end of a full page.
    /// An estimate is always higher than that, so that a client that reads page after page does not stop too early.
    /// </summary>
    public static async Task<(long Total, bool IsExact)> FindAsync(
        Database database,
        string matching,
        string estimated,
        SqlQuery query,
        long seen,
        CancellationToken cancellationToken
    )
    {
        var few = await query.CountAsync(database, $"{matching} limit {ExactUpTo + 1}", cancellationToken);
        if (few <= ExactUpTo)
        {
            return (few, true);
        }

        return await database.EstimateAsync(estimated, query, cancellationToken) is { } estimate
            ? (Math.Max(estimate, Math.Max(ExactUpTo, seen) + 1), false)
            : (await query.CountAsync(database, matching, cancellationToken), true);
    }

    /// <summary>Counts all rows that <paramref name="matching"/> selects. Fails with <c>QUERY-Count1</c>.</summary>
    public static async Task<long> CountAllAsync(Database database, string matching, SqlQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await query.CountAsync(database, matching, cancellationToken);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.SearchTooSlow)
        {
            // The same count would be too slow again, so nothing invites the client to try again.
            throw new SessionException(SessionErrors.CountTooSlow);
        }
    }
}
