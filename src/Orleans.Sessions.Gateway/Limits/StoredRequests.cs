namespace Orleans.Sessions.Gateway.Limits;

/// <summary>About how much room requests take that are stored until somebody logs in.</summary>
internal static class StoredRequests
{
    /// <summary>What all of them have: ids, dates, the issuer, the row and its indexes.</summary>
    private const int Base = 1000;

    /// <summary>The bytes of a request with these texts.</summary>
    public static int Bytes(params ReadOnlySpan<string?> texts)
    {
        var bytes = Base;
        foreach (var text in texts)
        {
            bytes += text?.Length ?? 0;
        }

        return bytes;
    }
}
