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

    private static Uri Absolute(string origin, string uri) => new(new Uri(origin), uri);
}
