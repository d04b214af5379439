namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>The audiences by which signed assertions may name this service (RFC 7523 §3, RFC 9126 §2).</summary>
internal static class Audiences
{
    /// <summary>The issuer and the token endpoint; for pushed requests also the endpoint for pushed requests.</summary>
    public static IReadOnlyCollection<string> Of(string issuer, bool isPushed = false) =>
        isPushed ? [issuer, $"{issuer}/oauth/v2/token", $"{issuer}/oauth/v2/par"] : [issuer, $"{issuer}/oauth/v2/token"];
}
