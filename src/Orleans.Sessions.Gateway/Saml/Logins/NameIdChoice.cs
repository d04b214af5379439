using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>The format of the name id in an answer.</summary>
/// <param name="Format">The format.</param>
/// <param name="Other">The format for people who have no name in that format; <c>null</c> if they cannot log in.</param>
internal sealed record NameIdChoice(string Format, string? Other)
{
    /// <summary>
    /// The format that a request names, or else the first that both sides support. <c>null</c> if the requested format is not supported
    /// here.
    /// </summary>
    public static NameIdChoice? Of(ServiceProvider provider, string? requested)
    {
        if (requested is not null && NameIdFormats.All.Contains(requested))
        {
            return new(requested, requested == NameIdFormats.Unspecified ? NameIdFormats.Persistent : null);
        }

        return requested is null || provider.IgnoreNameIdPolicy ? ByDefault(provider) : null;
    }

    private static NameIdChoice ByDefault(ServiceProvider provider)
    {
        var known = provider.NameIdFormats.Where(NameIdFormats.All.Contains).ToList();
        var takesPersistent = known.Count == 0 || known.Contains(NameIdFormats.Persistent) || known.Contains(NameIdFormats.Unspecified);
        return new(known.FirstOrDefault() ?? NameIdFormats.EmailAddress, takesPersistent ? NameIdFormats.Persistent : null);
    }
}
