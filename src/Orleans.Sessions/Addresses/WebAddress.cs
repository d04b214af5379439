using System.Net;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Addresses;

/// <summary>
/// Web addresses that browsers are sent to. Only addresses that every reader understands in the same way are accepted: printable ASCII,
/// http or https, a plain host, no user, no backslash. An address is refused if a browser could read as a path what this service reads as a
/// host, or the reverse.
/// </summary>
internal static partial class WebAddress
{
    /// <summary>The address; <c>null</c> if the text is not a plain web address.</summary>
    public static Uri? Parse(string text) => Plain().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Whether nobody on the network can read what is sent there: https, or an address on the local machine.</summary>
    public static bool IsProtected(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri);

    /// <summary>Whether the address is on the machine that opens it.</summary>
    public static bool IsLoopback(Uri uri) =>
        IPAddress.TryParse(uri.DnsSafeHost, out var address)
            ? IPAddress.IsLoopback(address)
            : uri.Host == "localhost" || uri.Host.EndsWith(".localhost", StringComparison.Ordinal);

    /// <summary>Scheme, host and port; the port only if it is not the default.</summary>
    public static string OriginOf(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    // .NET takes "loopback" for localhost, and browsers for an ordinary host name.
    [GeneratedRegex(
        @"\A(?i:https?)://(?!(?i:loopback)(?:[:/?#]|\z))(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?#][!#-\[\]-~]*)?\z"
    )]
    private static partial Regex Plain();
}
