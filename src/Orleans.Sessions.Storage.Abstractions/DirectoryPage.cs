namespace Orleans.Sessions.Storage;

/// <summary>A page of a list, and the total number of matches. The rows are current.</summary>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Total">The number of matches.</param>
/// <param name="IsTotalExact">
/// Whether <paramref name="Total"/> is exact. A total up to 10 000 is exact. PostgreSQL estimates a larger one, because counting a million
/// rows takes a hundred times longer than finding a page.
/// </param>
/// <typeparam name="T">The type of the rows.</typeparam>
public sealed record DirectoryPage<T>(IReadOnlyList<T> Rows, long Total, bool IsTotalExact);
