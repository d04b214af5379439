using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;

namespace Orleans.Sessions.Fuzz.Grammar;

/// <summary>Valid SAML messages of service providers.</summary>
public static class SamlMessages
{
    public const string SignOnPath = "/saml/v2/SSO";
    public const string LogoutPath = "/saml/v2/SLO";
    public const string ArtifactPath = "/saml/v2/artifact";
    public const string AttributePath = "/saml/v2/attribute";

    public static readonly XNamespace Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    public static readonly XNamespace Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";

    /// <summary>A login request.</summary>
    public static XElement AuthnRequest(Dice dice, string entityId, string origin) =>
        Message(dice, "AuthnRequest", entityId, $"{origin}{SignOnPath}");

    /// <summary>A logout request.</summary>
    public static XElement LogoutRequest(Dice dice, string entityId, string origin, string nameId, string? sessionIndex)
    {
        var message = Message(dice, "LogoutRequest", entityId, $"{origin}{LogoutPath}");
        message.Add(new XElement(Assertion + "NameID", nameId));
        if (sessionIndex is not null)
        {
            message.Add(new XElement(Protocol + "SessionIndex", sessionIndex));
        }

        return message;
    }

    /// <summary>An answer to a logout request.</summary>
    public static XElement LogoutResponse(Dice dice, string entityId, string origin)
    {
        var message = Message(dice, "LogoutResponse", entityId, $"{origin}{LogoutPath}");
        message.Add(
            new XAttribute("InResponseTo", dice.Name("_id")),
            new XElement(
                Protocol + "Status",
                new XElement(Protocol + "StatusCode", new XAttribute("Value", "urn:oasis:names:tc:SAML:2.0:status:Success"))
            )
        );
        return message;
    }

    /// <summary>A request for the answer behind an artifact.</summary>
    public static XElement ArtifactResolve(Dice dice, string entityId, string origin)
    {
        var message = Message(dice, "ArtifactResolve", entityId, $"{origin}{ArtifactPath}");
        message.Add(new XElement(Protocol + "Artifact", Convert.ToBase64String(dice.Bytes(44))));
        return message;
    }

    /// <summary>A question about a person.</summary>
    public static XElement AttributeQuery(Dice dice, string entityId, string origin, string nameId)
    {
        var message = Message(dice, "AttributeQuery", entityId, $"{origin}{AttributePath}");
        message.Add(
            new XElement(Assertion + "Subject", new XElement(Assertion + "NameID", nameId)),
            new XElement(Assertion + "Attribute", new XAttribute("Name", "Email"))
        );
        return message;
    }

    /// <summary>A message between servers.</summary>
    public static string Envelope(XElement message) =>
        $"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{Text(message)}</s:Body></s:Envelope>";

    /// <summary>A message, encoded for a query.</summary>
    public static string Deflate(string xml)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(Encoding.UTF8.GetBytes(xml));
        }

        return Convert.ToBase64String(deflated.ToArray());
    }

    /// <summary>A message, encoded for a form.</summary>
    public static string Encode(string xml) => Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));

    public static string Text(XElement message) => message.ToString(SaveOptions.DisableFormatting);

    private static XElement Message(Dice dice, string name, string entityId, string destination) =>
        new(
            Protocol + name,
            new XAttribute(XNamespace.Xmlns + "samlp", Protocol.NamespaceName),
            new XAttribute("ID", dice.Name("_id")),
            new XAttribute("Version", "2.0"),
            new XAttribute("IssueInstant", DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            new XAttribute("Destination", destination),
            name == "AuthnRequest" ? new XAttribute("AssertionConsumerServiceURL", Vocabulary.ConsumerUri) : null,
            new XElement(Assertion + "Issuer", entityId)
        );
}
