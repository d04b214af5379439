using System.Xml;
using System.Xml.Linq;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>Makes the signed requests that this identity provider sends.</summary>
internal static class SamlRequests
{
    private static readonly XNamespace s_protocol = SamlNames.Protocol;
    private static readonly XNamespace s_assertion = SamlNames.Assertion;

    /// <summary>How long a logout request is valid.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Tells a service provider that a person has logged out (SAML core §3.7.1), with the names of its own assertions.</summary>
    public static XmlDocument Logout(string issuer, SamlLogoutNotice notice, DateTimeOffset now, MessageSigner signer)
    {
        var document = SamlXml.Document(
            new XElement(
                s_protocol + "LogoutRequest",
                new XAttribute(XNamespace.Xmlns + "samlp", s_protocol),
                new XAttribute(XNamespace.Xmlns + "saml", s_assertion),
                new XAttribute("ID", notice.RequestId),
                new XAttribute("Version", "2.0"),
                new XAttribute("IssueInstant", SamlXml.Instant(now)),
                new XAttribute("Destination", notice.Endpoint.Location),
                new XAttribute("NotOnOrAfter", SamlXml.Instant(now + s_lifetime)),
                new XAttribute("Reason", SamlNames.LogoutByUser),
                new XElement(s_assertion + "Issuer", issuer),
                new XElement(s_assertion + "NameID", new XAttribute("Format", notice.NameIdFormat), notice.NameId),
                notice.SessionIndexes.Select(sessionIndex => new XElement(s_protocol + "SessionIndex", sessionIndex))
            )
        );
        SamlSignatures.Sign(document.DocumentElement!, signer);
        return document;
    }
}
