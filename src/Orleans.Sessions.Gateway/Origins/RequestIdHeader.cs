namespace Orleans.Sessions.Gateway.Origins;

/// <summary>The header with the id of a request, in requests and answers.</summary>
internal static class RequestIdHeader
{
    /// <summary>Its name.</summary>
    public const string Name = "x-request-id";
}
