using System.Xml;

namespace Orleans.Sessions.Saml;

/// <summary>
/// Reads XML from unknown senders. It allows no DTD, so there are no entities and nothing is fetched. Its limits keep canonicalization
/// cheap.
/// </summary>
public static class SafeXml
{
    private const int MaxDepth = 32;

    /// <summary>
    /// The maximum number of attributes of one element, including namespace declarations. Canonicalization compares each of them with all
    /// others.
    /// </summary>
    private const int MaxAttributes = 64;

    /// <summary>
    /// The document. White space and comments stay, because signatures may cover them. <c>null</c> if the text is not well-formed, is
    /// larger than the limits, has more than 64 attributes in one element or a depth of more than 32, or contains a DTD, processing
    /// instructions, or two elements with the same id.
    /// </summary>
    public static XmlDocument? Parse(string xml, XmlLimits limits)
    {
        ArgumentNullException.ThrowIfNull(xml);
        ArgumentNullException.ThrowIfNull(limits);
        if (xml.Length > limits.MaxCharacters)
        {
            return null;
        }

        try
        {
            if (!IsHarmless(xml, limits))
            {
                return null;
            }

            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            using var reader = Reader(xml);
            document.Load(reader);
            return document;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XmlReader Reader(string xml) =>
        XmlReader.Create(
            new StringReader(xml),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersFromEntities = 1024,
                CloseInput = true,
            }
        );

    private static bool IsHarmless(string xml, XmlLimits limits)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var elements = 0;
        using var reader = Reader(xml);
        while (reader.Read())
        {
            if (
                reader.Depth > MaxDepth
                || reader.AttributeCount > MaxAttributes
                || reader.NodeType == XmlNodeType.ProcessingInstruction
                || (reader.NodeType == XmlNodeType.Element && ++elements > limits.MaxElements)
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
