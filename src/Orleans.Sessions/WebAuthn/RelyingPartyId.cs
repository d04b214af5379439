namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// Relying party ids (WebAuthn §5.1.2): the host of the login page, or a parent domain of it. A key answers only for the id it was made
/// for.
/// </summary>
internal static class RelyingPartyId
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;
    private const string Localhost = "localhost";

    /// <summary>
    /// The id in lower case. Fails with <c>WEBAU-UX9ta</c> if <paramref name="domain"/> is not a host name: scheme, port, path and
    /// addresses are refused.
    /// </summary>
    public static string Parse(string domain)
    {
        var id = domain.ToLowerInvariant();
        var labels = id.Split('.');
        return id.Length <= MaxName && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit)
            ? id
            : throw new SessionException(SessionErrors.WebAuthnDomainInvalid);
    }

    /// <summary>
    /// Whether a page of <paramref name="origin"/> may use the keys of <paramref name="id"/>: its host is the id or a subdomain of it, and
    /// the page uses https or comes from the local machine.
    /// </summary>
    public static bool Admits(string id, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
        {
            return false;
        }

        var isSecure = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IdnHost == Localhost);
        return isSecure && uri.UserInfo.Length == 0 && (uri.IdnHost == id || uri.IdnHost.EndsWith($".{id}", StringComparison.Ordinal));
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
