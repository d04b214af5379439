using System.Collections.Immutable;
using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A service provider's question about a person who is logged in there (SAML core §3.3.2.3).</summary>
internal sealed record AttributeQueryMessage
{
    private const int MaxAttributes = 100;

    /// <summary>What every message begins with.</summary>
    public required MessageHead Head { get; init; }

    /// <summary>The name id of the person, as an assertion had it.</summary>
    public required string NameId { get; init; }

    /// <summary>The format of the name id; <c>null</c> if the query does not name it.</summary>
    public string? NameIdFormat { get; init; }

    /// <summary>
    /// The attributes that are asked for, of which one without values means all values; empty means all attributes. A format is empty if
    /// the query does not name it.
    /// </summary>
    public ImmutableArray<SamlAttribute> Attributes { get; init; } = [];

    /// <summary>
    /// The query in a message; <c>null</c> if the message is not one, or if its subject or an attribute cannot be read. An unreadable
    /// attribute must not count as absent, because that would mean all attributes.
    /// </summary>
    public static AttributeQueryMessage? Read(SamlMessage message)
    {
        var root = message.Root;
        if (
            MessageHead.Read(message, "AttributeQuery") is not { } head
            || SamlXml.Child(root, "Subject", SamlNames.Assertion) is not { } subject
            || SamlXml.Child(subject, "NameID", SamlNames.Assertion) is not { } nameId
            || SamlXml.Text(nameId) is not { } name
            || (SamlXml.Attribute(nameId, "SPNameQualifier") is { } qualifier && qualifier != head.Issuer)
        )
        {
            return null;
        }

        var asked = SamlXml.Children(root, "Attribute", SamlNames.Assertion).Take(MaxAttributes + 1).Select(Attribute).ToList();
        return asked.Count > MaxAttributes || asked.Contains(null)
            ? null
            : new AttributeQueryMessage
            {
                Head = head,
                NameId = name,
                NameIdFormat = SamlXml.Attribute(nameId, "Format"),
                Attributes = [.. asked.OfType<SamlAttribute>()],
            };
    }

    /// <summary>What the query asks for, of the attributes that the service provider may have.</summary>
    public ImmutableArray<SamlAttribute> Of(ImmutableArray<SamlAttribute> released) =>
        Attributes.IsEmpty
            ? released
            :
            [
                .. released
                    .Select(attribute => attribute with { Values = [.. attribute.Values.Where(value => IsAsked(attribute, value))] })
                    .Where(attribute => !attribute.Values.IsEmpty),
            ];

    private bool IsAsked(SamlAttribute attribute, string value) =>
        Attributes.Any(asked =>
            asked.Name == attribute.Name
            && (asked.Format is "" or SamlNames.UnspecifiedName || asked.Format == attribute.Format)
            && (asked.Values.IsEmpty || asked.Values.Contains(value, StringComparer.Ordinal))
        );

    private static SamlAttribute? Attribute(XmlElement attribute)
    {
        var values = SamlXml.Children(attribute, "AttributeValue", SamlNames.Assertion).Select(SamlXml.Text).ToList();
        return SamlXml.Attribute(attribute, "Name") is { } name && !values.Contains(null)
            ? new SamlAttribute(name, [.. values.OfType<string>()], attribute.GetAttribute("NameFormat"))
            : null;
    }
}
