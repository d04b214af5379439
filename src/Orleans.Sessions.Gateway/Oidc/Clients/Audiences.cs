namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>The audiences by which signed assertions may name this service (RFC 7523 §3, RFC 9126 §2).</summary>
internal static class Audiences
{
    /// <summary>The issuer, the token endpoint, and the endpoint that the request was sent to.</summary>
    /// <param name="issuer">The issuer.</param>
    /// <param name="path">The path of the request, with a leading slash; <c>null</c> stands for the token endpoint.</param>
    public static IReadOnlyCollection<string> Of(string issuer, string? path = null) =>
        path is null or TokenPath ? [issuer, $"{issuer}{TokenPath}"] : [issuer, $"{issuer}{TokenPath}", $"{issuer}{path}"];

    private const string TokenPath = $"/{OidcPaths.Token}";
}
