namespace Orleans.Sessions.Oidc;

/// <summary>Checks redirect URIs against the addresses of a client.</summary>
public static class RedirectUris
{
    private const string Http = "http://";

    /// <summary>
    /// Whether people may be sent back to this address. It must be equal to a registered address, character by character. Only a public
    /// client on the person's own machine may use any port, because an app takes a port that is free (RFC 8252 §7.3).
    /// </summary>
    public static bool AreOf(OidcClient client, string uri)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.RedirectUris.Contains(uri, StringComparer.Ordinal)
            || (
                client.Authentication == ClientAuthentication.None
                && WithoutPort(uri) is { } wanted
                && client.RedirectUris.Any(registered => WithoutPort(registered) == wanted)
            );
    }

    /// <summary>A loopback address without its port; <c>null</c> if the text is not a loopback address in plain form.</summary>
    private static string? WithoutPort(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || !uri.IsLoopback
            || !text.StartsWith($"{Http}{uri.Host}", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var rest = text.AsSpan(Http.Length + uri.Host.Length);
        return $"{Http}{uri.Host}{(rest.StartsWith(':') ? rest[1..].TrimStart("0123456789") : rest)}";
    }
}
