using System.Xml;

namespace Orleans.Sessions.Saml;

/// <summary>Reads XML from strangers: no DTD, hence no entities and nothing fetched, and within limits that leave canonicalization cheap.</summary>
public static class SafeXml
{
    /// <summary>The longest document, characters.</summary>
    public const int MaxCharacters = 256 * 1024;

    private const int MaxDepth = 32;
    private const int MaxElements = 1000;

    /// <summary>Of one element, declarations of namespaces included: canonicalization compares each with each.</summary>
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
    /// The document, with its white space, which signatures cover, and without its comments, which they do not; <c>null</c>: it is not well-formed, is
    /// too large, has more than 1000 elements, 64 attributes in one of them or a depth of 32, a DTD, processing instructions, or two elements with the same id.
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
            if (reader.Depth > MaxDepth || reader.AttributeCount > MaxAttributes || reader.NodeType == XmlNodeType.ProcessingInstruction
                || (reader.NodeType == XmlNodeType.Element && ++elements > MaxElements))
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
