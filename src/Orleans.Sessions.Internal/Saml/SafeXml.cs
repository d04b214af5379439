using System.Xml;

namespace Orleans.Sessions.Saml;

/// <summary>
/// Reads XML from unknown senders. It allows no DTD, so there are no entities and nothing is fetched. Its limits keep canonicalization
/// cheap.
/// </summary>
public static class SafeXml
{
    /// <summary>The maximum length of a document, in characters.</summary>
    public const int MaxCharacters = 256 * 1024;

    private const int MaxDepth = 32;
    private const int MaxElements = 1000;

    /// <summary>
    /// The maximum number of attributes of one element, including namespace declarations. Canonicalization compares each of them with all
    /// others.
    /// </summary>
    private const int MaxAttributes = 64;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        CloseInput = true,
    };

    /// <summary>
    /// The document. White space stays, because signatures cover it; comments are removed, because signatures do not cover them.
    /// <c>null</c> if the text is not well-formed, is too large, has more than 1000 elements, more than 64 attributes in one element or a
    /// depth of more than 32, or contains a DTD, processing instructions, or two elements with the same id.
    /// </summary>
    public static XmlDocument? Parse(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        if (xml.Length > MaxCharacters)
        {
            return null;
        }

        try
        {
            if (!IsHarmless(xml))
            {
                return null;
            }

            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(xml), s_settings);
            document.Load(reader);
            return document;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsHarmless(string xml)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var elements = 0;
        using var reader = XmlReader.Create(new StringReader(xml), s_settings);
        while (reader.Read())
        {
            if (
                reader.Depth > MaxDepth
                || reader.AttributeCount > MaxAttributes
                || reader.NodeType == XmlNodeType.ProcessingInstruction
                || (reader.NodeType == XmlNodeType.Element && ++elements > MaxElements)
            )
            {
                return false;
            }

            while (reader.MoveToNextAttribute())
            {
                if (reader.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase) && !ids.Add(reader.Value))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
