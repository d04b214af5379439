namespace Orleans.Sessions.Directory;

/// <summary>
/// A page of a list, and the total number of matches. The rows are current. A total up to 10 000 is exact. PostgreSQL estimates a
/// larger one, because counting a million rows takes a hundred times longer than finding a page.
/// </summary>
/// <typeparam name="T">The type of the rows.</typeparam>
public sealed record DirectoryPage<T>(IReadOnlyList<T> Rows, long Total);
