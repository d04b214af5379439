namespace Orleans.Sessions.Gateway.Limits;

/// <summary>Estimates the size of a request that is stored until someone logs in.</summary>
internal static class StoredRequests
{
    /// <summary>The bytes that every such request needs: ids, dates, the issuer, the row and its indexes.</summary>
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
