namespace Orleans.Sessions.Oidc;

/// <summary>Which addresses belong to a client.</summary>
public static class RedirectUris
{
    private const string Http = "http://";

    /// <summary>
    /// Whether people may be sent back there: to a registered address, character by character. Only public clients that wait on the person's own machine get any
    /// port, because an app takes the one that is free (RFC 8252 §7.3).
    /// </summary>
    public static bool AreOf(OidcClient client, string uri)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.RedirectUris.Contains(uri, StringComparer.Ordinal)
            || (client.Authentication == ClientAuthentication.None && WithoutPort(uri) is { } wanted
                && client.RedirectUris.Any(registered => WithoutPort(registered) == wanted));
    }

    /// <summary>A loopback address with its port left out; <c>null</c>: it is none, or not written plainly.</summary>
    private static string? WithoutPort(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !uri.IsLoopback || !text.StartsWith($"{Http}{uri.Host}", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = text.AsSpan(Http.Length + uri.Host.Length);
        return $"{Http}{uri.Host}{(rest.StartsWith(':') ? rest[1..].TrimStart("0123456789") : rest)}";
    }
}
