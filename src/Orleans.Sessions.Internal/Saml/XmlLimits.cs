namespace Orleans.Sessions.Saml;

/// <summary>How large an XML document of an unknown sender may be.</summary>
/// <param name="MaxCharacters">The maximum length, in characters.</param>
/// <param name="MaxElements">The maximum number of elements.</param>
public sealed record XmlLimits(int MaxCharacters, int MaxElements)
{
    /// <summary>Messages, which are canonicalized.</summary>
    public static readonly XmlLimits Message = new(256 * 1024, 1000);

    /// <summary>Metadata, which may describe many service providers and contain their logos.</summary>
    public static readonly XmlLimits Metadata = new(1024 * 1024, 20_000);
}
