namespace Orleans.Sessions.Storage;

/// <summary>How many there are in all, counted only when the page itself does not say it.</summary>
internal static class PageTotal
{
    /// <summary>A page that is not full is the last one, so its end is the total; a page past the end says nothing.</summary>
    public static async ValueTask<long> OfAsync(int rows, long offset, int limit, Func<Task<long>> count) =>
        rows < limit && (rows > 0 || offset == 0) ? offset + rows : await count();
}
