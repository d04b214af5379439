namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>The ids of authorization requests as login frontends know them: <c>V2_…</c> says that this API completes them.</summary>
internal static class AuthRequestIds
{
    private const string Prefix = "V2_";

    /// <summary>The public id of an authorization.</summary>
    public static string Of(string authorizationId) => $"{Prefix}{authorizationId}";

    /// <summary>The authorization behind a public id. Any text is one, if not of an authorization that exists.</summary>
    public static string Parse(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : id;
}
