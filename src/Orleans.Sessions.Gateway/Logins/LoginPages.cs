using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Settings;

namespace Orleans.Sessions.Gateway.Logins;

/// <summary>
/// The URLs of the login frontend's pages. Requests of clients that name no page of their own go to the page of the configuration or, if
/// the configuration sets none, to the one that was set at run time.
/// </summary>
internal sealed class LoginPages(RuntimeSettings settings, PinnedSettings pinned, IOptions<OidcProviderOptions> options)
{
    /// <summary>The page for requests, in the folder of the login pages.</summary>
    public const string Page = "/login";

    /// <summary>The page for an authorization request.</summary>
    public async ValueTask<string> LoginAsync(string origin, string? ofClient, CancellationToken cancellationToken) =>
        (await PageAsync(origin, ofClient, cancellationToken)).AbsoluteUri;

    /// <summary>A page next to that page.</summary>
    public async ValueTask<string> NeighbourAsync(string origin, string? ofClient, string name, CancellationToken cancellationToken) =>
        new Uri(await PageAsync(origin, ofClient, cancellationToken), name).AbsoluteUri;

    /// <summary>The folder of the pages according to these settings, absolute, without a slash at its end.</summary>
    public string FolderOf(string origin, InstanceSettings known) =>
        new Uri(Absolute(origin, DefaultOf(known)), ".").AbsoluteUri.TrimEnd('/');

    private async ValueTask<Uri> PageAsync(string origin, string? ofClient, CancellationToken cancellationToken) =>
        Absolute(
            origin,
            ofClient ?? (pinned.LoginPage ? options.Value.LoginUri : DefaultOf(await settings.CurrentAsync(cancellationToken)))
        );

    private string DefaultOf(InstanceSettings known) =>
        pinned.LoginPage || known.LoginFolder is not { } folder ? options.Value.LoginUri : PageIn(folder);

    /// <summary>The page for requests of the login pages in this folder.</summary>
    public static string PageIn(string folder) => folder.TrimEnd('/') + Page;

    /// <summary>Whether a setting names a page: by an absolute URL, or by a path below the public origin.</summary>
    public static bool IsPage(string uri) =>
        uri.StartsWith('/')
        || (Uri.TryCreate(uri, UriKind.Absolute, out var page) && page.Scheme.StartsWith("http", StringComparison.Ordinal));

    private static Uri Absolute(string origin, string uri) => new(new Uri(origin), uri);
}
