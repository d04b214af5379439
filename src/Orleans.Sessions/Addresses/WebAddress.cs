using System.Net;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Addresses;

/// <summary>
/// Addresses of the web that browsers are sent to. Only those count that every reader takes for the same place: printable ASCII, http or https, a plain host, no
/// user, no backslash. What a browser reads as a path and this service as a host, or the other way round, is refused.
/// </summary>
internal static partial class WebAddress
{
    /// <summary>The address; <c>null</c>: it is none, or not written plainly.</summary>
    public static Uri? Parse(string text) => Plain().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Whether nobody on the way can read what is sent there: https, or a place on the machine itself.</summary>
    public static bool IsProtected(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri);

    /// <summary>Whether it is on the machine of whoever goes there.</summary>
    public static bool IsLoopback(Uri uri) => IPAddress.TryParse(uri.DnsSafeHost, out var address)
        ? IPAddress.IsLoopback(address)
        : uri.Host == "localhost" || uri.Host.EndsWith(".localhost", StringComparison.Ordinal);

    /// <summary>Scheme, host and port; the port only where it is not the usual one.</summary>
    public static string OriginOf(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    // "loopback" is localhost to .NET, and any host to browsers.
    [GeneratedRegex(@"\A(?i:https?)://(?!(?i:loopback)(?:[:/?#]|\z))(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?#][!#-\[\]-~]*)?\z")]
    private static partial Regex Plain();
}
