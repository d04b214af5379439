using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>The parts that every message begins with (SAML core §3.2.1, §3.2.2).</summary>
internal sealed record MessageHead(string Id, string Issuer, DateTimeOffset IssueInstant, string? Destination)
{
    private const int MaxId = 200;

    /// <summary>The head of a message of this kind; <c>null</c> if it has a fault.</summary>
    public static MessageHead? Read(SamlMessage message, string name) =>
        FaultOf(message, name) is null
            ? new MessageHead(
                message.Root.GetAttribute("ID"),
                SamlXml.Text(IssuerOf(message.Root))!,
                SamlXml.ReadInstant(message.Root.GetAttribute("IssueInstant"))!.Value,
                SamlXml.Attribute(message.Root, "Destination")
            )
            : null;

    /// <summary>What is wrong with the head, for people; <c>null</c> if it is right.</summary>
    public static string? FaultOf(SamlMessage message, string name)
    {
        var root = message.Root;
        return root.LocalName != name || root.NamespaceURI != SamlNames.Protocol ? $"it is no {name} of SAML 2.0"
            : root.GetAttribute("Version") != "2.0" ? "its Version is not 2.0"
            : root.GetAttribute("ID") is not { Length: > 0 and <= MaxId } id || !IsName(id)
                ? "its ID is missing, is too long, or begins with something else than a letter or an underscore"
            : SamlXml.ReadInstant(root.GetAttribute("IssueInstant")) is null ? "its IssueInstant is not a time in UTC"
            : SamlXml.Text(IssuerOf(root)) is null
                ? "its Issuer is missing, is there twice, is not an entity id, or contains something else than text"
            : null;
    }

    /// <summary>The issuer, if it is named by an entity id.</summary>
    private static XmlElement? IssuerOf(XmlElement root) =>
        SamlXml.Child(root, "Issuer", SamlNames.Assertion) is { } issuer && (issuer.GetAttribute("Format") is "" or SamlNames.Entity)
            ? issuer
            : null;

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
