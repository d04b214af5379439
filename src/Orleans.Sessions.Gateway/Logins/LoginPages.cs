namespace Orleans.Sessions.Gateway.Logins;

/// <summary>The URLs of the login frontend's pages.</summary>
/// <param name="defaultUri">
/// The page for requests of clients that name no page of their own: absolute, or a path below the public origin.
/// </param>
internal sealed class LoginPages(string defaultUri)
{
    /// <summary>The page for an authorization request.</summary>
    public string Login(string origin, string? ofClient) => Absolute(origin, ofClient ?? defaultUri).AbsoluteUri;

    /// <summary>A page next to that page.</summary>
    public string Neighbour(string origin, string? ofClient, string name) =>
        new Uri(Absolute(origin, ofClient ?? defaultUri), name).AbsoluteUri;

    /// <summary>Whether a setting names a page: by an absolute URL, or by a path below the public origin.</summary>
    public static bool IsPage(string uri) =>
        uri.StartsWith('/')
        || (Uri.TryCreate(uri, UriKind.Absolute, out var page) && page.Scheme.StartsWith("http", StringComparison.Ordinal));

    private static Uri Absolute(string origin, string uri) => new(new Uri(origin), uri);
}
