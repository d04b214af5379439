namespace Orleans.Sessions.Gateway.Logins;

/// <summary>
/// The ids of authorization requests as login frontends see them. The prefix <c>V2_</c> says that this API completes the request.
/// </summary>
internal static class AuthRequestIds
{
    private const string Prefix = "V2_";

    /// <summary>The public id of an authorization.</summary>
    public static string Of(string authorizationId) => $"{Prefix}{authorizationId}";

    /// <summary>The id of the authorization behind a public id. Accepts any text; the authorization need not exist.</summary>
    public static string Parse(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : id;
}
