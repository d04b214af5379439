using System.Security.Cryptography.Xml;
using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// Canonical XML 1.0 and 1.1 and Exclusive XML Canonicalization 1.0, each with and without comments. For one whole element the versions 1.0
/// and 1.1 differ only in attributes such as <c>xml:base</c> that the element inherits; such elements are not canonicalized.
/// </summary>
internal static class XmlCanonicalizer
{
    private const string Version11 = "http://www.w3.org/2006/12/xml-c14n11";
    private const string Xmlns = "http://www.w3.org/2000/xmlns/";
    private const string Xml = "http://www.w3.org/XML/1998/namespace";

    /// <summary>Whether this is the name of an algorithm that is known here.</summary>
    public static bool IsKnown(string algorithm) => IsExclusive(algorithm) || IsInclusive(algorithm);

    /// <summary>
    /// The octets of an element to which a reference by id refers, without its signature. Such a reference never covers comments (XML
    /// Signature §4.4.3.3). <c>null</c> as for <see cref="Canonicalize(XmlElement, string, string)"/>.
    /// </summary>
    public static byte[]? CanonicalizeReferenced(XmlElement element, XmlElement signature, string algorithm, string? prefixes) =>
        Canonicalize(element, signature, algorithm, prefixes, withComments: false);

    /// <summary>
    /// The octets of an element; <c>null</c> if the algorithm is unknown, or if the element inherits <c>xml:</c> attributes.
    /// </summary>
    /// <param name="element">The element. It is not changed.</param>
    /// <param name="algorithm">The name of the algorithm.</param>
    /// <param name="prefixes">The prefixes that the exclusive algorithm treats as the inclusive one does, separated by spaces.</param>
    public static byte[]? Canonicalize(XmlElement element, string algorithm, string? prefixes) =>
        Canonicalize(element, except: null, algorithm, prefixes, algorithm.EndsWith("WithComments", StringComparison.Ordinal));

    private static byte[]? Canonicalize(XmlElement element, XmlElement? except, string algorithm, string? prefixes, bool withComments)
    {
        if (!IsKnown(algorithm) || (IsInclusive(algorithm) && InheritsXmlAttributes(element)))
        {
            return null;
        }

        Transform transform = IsExclusive(algorithm)
            ? new XmlDsigExcC14NTransform(withComments, prefixes)
            : new XmlDsigC14NTransform(withComments);
        transform.LoadInput(Alone(element, except));
        using var octets = (MemoryStream)transform.GetOutput(typeof(Stream));
        return octets.ToArray();
    }

    private static bool IsExclusive(string algorithm) =>
        algorithm is SignedXml.XmlDsigExcC14NTransformUrl or SignedXml.XmlDsigExcC14NWithCommentsTransformUrl;

    private static bool IsInclusive(string algorithm) =>
        algorithm
            is SignedXml.XmlDsigC14NTransformUrl
                or SignedXml.XmlDsigC14NWithCommentsTransformUrl
                or Version11
                or $"{Version11}#WithComments";

    private static bool InheritsXmlAttributes(XmlElement element) =>
        Ancestors(element).Any(ancestor => ancestor.Attributes.OfType<XmlAttribute>().Any(attribute => attribute.NamespaceURI == Xml));

    /// <summary>A document with a copy of the element, which declares the namespaces that are in scope.</summary>
    private static XmlDocument Alone(XmlElement element, XmlElement? except)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var copy = (XmlElement)document.ImportNode(element, deep: true);
        document.AppendChild(copy);
        if (except is not null)
        {
            var place = element.ChildNodes.OfType<XmlNode>().TakeWhile(child => child != except).Count();
            copy.RemoveChild(copy.ChildNodes[place]!);
        }

        foreach (var declaration in Ancestors(element).SelectMany(ancestor => ancestor.Attributes.OfType<XmlAttribute>()))
        {
            if (declaration.NamespaceURI == Xmlns && !copy.HasAttribute(declaration.LocalName, Xmlns))
            {
                copy.SetAttributeNode((XmlAttribute)document.ImportNode(declaration, deep: true));
            }
        }

        return document;
    }

    /// <summary>The elements around an element, the nearest first.</summary>
    private static IEnumerable<XmlElement> Ancestors(XmlElement element)
    {
        for (var parent = element.ParentNode as XmlElement; parent is not null; parent = parent.ParentNode as XmlElement)
        {
            yield return parent;
        }
    }
}
