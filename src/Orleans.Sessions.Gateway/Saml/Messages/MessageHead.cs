using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>The parts that every message begins with (SAML core §3.2.1, §3.2.2).</summary>
internal sealed record MessageHead(string Id, string Issuer, DateTimeOffset IssueInstant, string? Destination)
{
    private const int MaxId = 200;

    /// <summary>The head of a message of this kind; <c>null</c> if the message is not of this kind.</summary>
    public static MessageHead? Read(SamlMessage message, string name)
    {
        var root = message.Root;
        return
            root.LocalName == name
            && root.NamespaceURI == SamlNames.Protocol
            && root.GetAttribute("Version") == "2.0"
            && root.GetAttribute("ID") is { Length: > 0 and <= MaxId } id
            && IsName(id)
            && SamlXml.ReadInstant(root.GetAttribute("IssueInstant")) is { } instant
            && SamlXml.Child(root, "Issuer", SamlNames.Assertion) is { } issuer
            && issuer.GetAttribute("Format") is "" or SamlNames.Entity
            && SamlXml.Text(issuer) is { } entityId
            ? new MessageHead(id, entityId, instant, SamlXml.Attribute(root, "Destination"))
            : null;
    }

    private static bool IsName(string id)
    {
        try
        {
            XmlConvert.VerifyNCName(id);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
