using System.Globalization;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// Reads and writes the parts of which all messages consist. It reads only direct children, never deeper elements of the same name.
/// </summary>
internal static class SamlXml
{
    private const int MaxText = 1024;
    private static readonly string[] s_instants = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>A message id that nobody can guess. Ids must not begin with a digit.</summary>
    public static string NewId() => "_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>An instant with milliseconds, UTC.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The attribute; <c>null</c> without a value.</summary>
    public static XAttribute? Optional(string name, string? value) => value is null ? null : new XAttribute(name, value);

    /// <summary>The document, in the form that can be signed.</summary>
    public static XmlDocument Document(XElement root)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var reader = root.CreateReader();
        document.Load(reader);
        return document;
    }

    /// <summary>The direct children of this name.</summary>
    public static IEnumerable<XmlElement> Children(XmlElement parent, string name, string space) =>
        parent.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == name && child.NamespaceURI == space);

    /// <summary>The only direct child of this name; <c>null</c> if there is no such child, or more than one.</summary>
    public static XmlElement? Child(XmlElement parent, string name, string space)
    {
        var children = Children(parent, name, space).Take(2).ToList();
        return children is [var only] ? only : null;
    }

    /// <summary>Whether an element contains nothing but text. A comment in a text could make others read another text.</summary>
    public static bool IsText(XmlElement element) =>
        element.ChildNodes.OfType<XmlNode>().All(child => child is XmlText or XmlCDataSection or XmlWhitespace or XmlSignificantWhitespace);

    /// <summary>
    /// The whole text of an element; <c>null</c> if the element is absent, if its text is empty or too long, or if it contains something
    /// else than text.
    /// </summary>
    public static string? Text(XmlElement? element) =>
        element is not null && IsText(element) && element.InnerText.Trim() is { Length: > 0 and <= MaxText } text ? text : null;

    /// <summary>An attribute's value; <c>null</c> if it is absent or empty.</summary>
    public static string? Attribute(XmlElement element, string name) => element.GetAttribute(name) is { Length: > 0 } value ? value : null;

    /// <summary>A boolean attribute. An absent attribute is false; <c>null</c> if the value is not a boolean.</summary>
    public static bool? Flag(XmlElement element, string name) =>
        element.GetAttribute(name).Trim() switch
        {
            "true" or "1" => true,
            "" or "false" or "0" => false,
            _ => null,
        };

    /// <summary>An instant. Without an offset it is UTC, as all instants of SAML are.</summary>
    public static DateTimeOffset? ReadInstant(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            s_instants,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant
        )
            ? instant
            : null;
}
