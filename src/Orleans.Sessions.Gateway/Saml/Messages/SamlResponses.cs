using System.Xml;
using System.Xml.Linq;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>Makes signed answers to requests (SAML core §3.3.3, §3.7.2).</summary>
internal static class SamlResponses
{
    private static readonly XNamespace s_protocol = SamlNames.Protocol;
    private static readonly XNamespace s_assertion = SamlNames.Assertion;
    private static readonly XNamespace s_schema = "http://www.w3.org/2001/XMLSchema";
    private static readonly XNamespace s_instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>How far the service provider's clock may be slow.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A signed response with a signed assertion in it. The assertion is encrypted if <paramref name="encryption"/> is given.
    /// </summary>
    public static XmlDocument Success(SamlAssertion assertion, AssertionEncryption? encryption, MessageSigner signer)
    {
        var response = Answer(
            "Response",
            assertion.Issuer,
            assertion.Destination,
            assertion.InResponseTo,
            assertion.Now,
            Status(SamlNames.Success, null, null)
        );
        response.Add(Assertion(assertion));
        var document = SamlXml.Document(response);
        var element = SamlXml.Child(document.DocumentElement!, "Assertion", SamlNames.Assertion)!;
        SamlSignatures.Sign(element, signer);
        if (encryption is not null)
        {
            AssertionEncryptor.Replace(element, encryption);
        }

        SamlSignatures.Sign(document.DocumentElement!, signer);
        return document;
    }

    /// <summary>A response that says why there is no assertion.</summary>
    public static XmlDocument Failure(
        string issuer,
        string destination,
        string? inResponseTo,
        string statusCode,
        string? subStatus,
        string? message,
        DateTimeOffset now,
        MessageSigner signer
    ) => Signed(Answer("Response", issuer, destination, inResponseTo, now, Status(statusCode, subStatus, message)), signer);

    /// <summary>The answer to a successful logout request. A partial logout did not reach every service provider of the session.</summary>
    public static XmlDocument Logout(
        string issuer,
        string destination,
        string inResponseTo,
        bool isPartial,
        DateTimeOffset now,
        MessageSigner signer
    ) =>
        Signed(
            Answer(
                "LogoutResponse",
                issuer,
                destination,
                inResponseTo,
                now,
                Status(SamlNames.Success, isPartial ? SamlNames.PartialLogout : null, null)
            ),
            signer
        );

    private static XmlDocument Signed(XElement answer, MessageSigner signer)
    {
        var document = SamlXml.Document(answer);
        SamlSignatures.Sign(document.DocumentElement!, signer);
        return document;
    }

    private static XElement Answer(
        string name,
        string issuer,
        string destination,
        string? inResponseTo,
        DateTimeOffset now,
        XElement status
    ) =>
        new(
            s_protocol + name,
            new XAttribute(XNamespace.Xmlns + "samlp", s_protocol),
            new XAttribute(XNamespace.Xmlns + "saml", s_assertion),
            new XAttribute("ID", SamlXml.NewId()),
            new XAttribute("Version", "2.0"),
            new XAttribute("IssueInstant", SamlXml.Instant(now)),
            new XAttribute("Destination", destination),
            SamlXml.Optional("InResponseTo", inResponseTo),
            new XElement(s_assertion + "Issuer", issuer),
            status
        );

    private static XElement Status(string code, string? subCode, string? message) =>
        new(
            s_protocol + "Status",
            new XElement(
                s_protocol + "StatusCode",
                new XAttribute("Value", code),
                subCode is null ? null : new XElement(s_protocol + "StatusCode", new XAttribute("Value", subCode))
            ),
            message is null ? null : new XElement(s_protocol + "StatusMessage", message)
        );

    private static XElement Assertion(SamlAssertion assertion)
    {
        var notBefore = SamlXml.Instant(assertion.Now - s_skew);
        var notOnOrAfter = SamlXml.Instant(assertion.Now + assertion.Lifetime);
        return new XElement(
            s_assertion + "Assertion",
            new XAttribute("ID", SamlXml.NewId()),
            new XAttribute("Version", "2.0"),
            new XAttribute("IssueInstant", SamlXml.Instant(assertion.Now)),
            new XElement(s_assertion + "Issuer", assertion.Issuer),
            new XElement(
                s_assertion + "Subject",
                new XElement(s_assertion + "NameID", new XAttribute("Format", assertion.NameIdFormat), assertion.NameId),
                new XElement(
                    s_assertion + "SubjectConfirmation",
                    new XAttribute("Method", SamlNames.Bearer),
                    new XElement(
                        s_assertion + "SubjectConfirmationData",
                        SamlXml.Optional("InResponseTo", assertion.InResponseTo),
                        new XAttribute("Recipient", assertion.Destination),
                        new XAttribute("NotOnOrAfter", notOnOrAfter)
                    )
                )
            ),
            new XElement(
                s_assertion + "Conditions",
                new XAttribute("NotBefore", notBefore),
                new XAttribute("NotOnOrAfter", notOnOrAfter),
                new XElement(s_assertion + "AudienceRestriction", new XElement(s_assertion + "Audience", assertion.Audience))
            ),
            new XElement(
                s_assertion + "AuthnStatement",
                new XAttribute("AuthnInstant", SamlXml.Instant(assertion.AuthenticatedAt)),
                new XAttribute("SessionIndex", assertion.SessionIndex),
                SamlXml.Optional("SessionNotOnOrAfter", assertion.SessionNotOnOrAfter is { } end ? SamlXml.Instant(end) : null),
                new XElement(s_assertion + "AuthnContext", new XElement(s_assertion + "AuthnContextClassRef", assertion.ContextClass))
            ),
            assertion.Attributes.IsEmpty ? null : new XElement(s_assertion + "AttributeStatement", assertion.Attributes.Select(Attribute))
        );
    }

    private static XElement Attribute(SamlAttribute attribute) =>
        new(
            s_assertion + "Attribute",
            new XAttribute("Name", attribute.Name),
            new XAttribute("NameFormat", attribute.Format),
            SamlXml.Optional("FriendlyName", attribute.FriendlyName),
            attribute.Values.Select(value => new XElement(
                s_assertion + "AttributeValue",
                new XAttribute(XNamespace.Xmlns + "xs", s_schema),
                new XAttribute(XNamespace.Xmlns + "xsi", s_instance),
                new XAttribute(s_instance + "type", "xs:string"),
                value
            ))
        );
}
