using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Reads the headers of a Connect request: version and timeout. Every failure is an <see cref="InvalidRequestException"/>.
/// </summary>
internal static class ConnectRequest
{
    private const int MaxTimeoutDigits = 10;

    /// <summary>The version is optional. The only valid version is 1.</summary>
    public static void CheckVersion(HttpRequest request)
    {
        var version = request.Headers["connect-protocol-version"];
        if (version.Count > 0 && version != "1")
        {
            throw new InvalidRequestException("connect-protocol-version must be \"1\"");
        }
    }

    /// <summary>How long the client waits; <c>null</c> if the request does not say.</summary>
    public static TimeSpan? Timeout(HttpRequest request)
    {
        if (request.Headers["connect-timeout-ms"] is not { Count: > 0 } header)
        {
            return null;
        }

        var text = header.ToString();
        return text.Length <= MaxTimeoutDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue))
            : throw new InvalidRequestException("connect-timeout-ms must be a number of at most 10 digits");
    }
}
