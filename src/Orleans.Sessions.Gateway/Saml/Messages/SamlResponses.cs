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
        return Signed(response, encryption, signer);
    }

    /// <summary>The answer to a query for attributes. Without attributes there is no assertion.</summary>
    public static XmlDocument Attributes(AttributeAssertion assertion, AssertionEncryption? encryption, MessageSigner signer)
    {
        var response = Answer(
            "Response",
            assertion.Issuer,
            destination: null,
            assertion.InResponseTo,
            assertion.Now,
            Status(SamlNames.Success, null, null)
        );
        if (assertion.Attributes.IsEmpty)
        {
            return Signed(response, signer);
        }

        response.Add(
            Assertion(
                assertion.Issuer,
                assertion.Now,
                NameId(assertion.NameIdFormat, assertion.NameId),
                Conditions(assertion.Now, assertion.Lifetime, assertion.Audience),
                new XElement(s_assertion + "AttributeStatement", assertion.Attributes.Select(Attribute))
            )
        );
        return Signed(response, encryption, signer);
    }

    /// <summary>The answer to a query about somebody who is not logged in at the service provider under the name.</summary>
    public static XmlDocument UnknownPerson(string issuer, string inResponseTo, DateTimeOffset now, MessageSigner signer) =>
        Signed(
            Answer("Response", issuer, destination: null, inResponseTo, now, Status(SamlNames.Responder, SamlNames.UnknownPrincipal, null)),
            signer
        );

    /// <summary>The answer to a request for the message behind an artifact (SAML core §3.5.2).</summary>
    /// <param name="issuer">This identity provider's entity id.</param>
    /// <param name="inResponseTo">The id of the request.</param>
    /// <param name="message">The message, which has its own signature; <c>null</c> if the artifact has none.</param>
    /// <param name="now">The present time.</param>
    /// <param name="signer">Signs the answer.</param>
    public static XmlDocument Artifact(string issuer, string inResponseTo, XmlDocument? message, DateTimeOffset now, MessageSigner signer)
    {
        var document = SamlXml.Document(
            Answer("ArtifactResponse", issuer, destination: null, inResponseTo, now, Status(SamlNames.Success, null, null))
        );
        if (message is not null)
        {
            document.DocumentElement!.AppendChild(document.ImportNode(message.DocumentElement!, deep: true));
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

    /// <summary>The signed answer with its signed assertion, which is encrypted if <paramref name="encryption"/> is given.</summary>
    private static XmlDocument Signed(XElement answer, AssertionEncryption? encryption, MessageSigner signer)
    {
        var document = SamlXml.Document(answer);
        var element = SamlXml.Child(document.DocumentElement!, "Assertion", SamlNames.Assertion)!;
        SamlSignatures.Sign(element, signer);
        if (encryption is not null)
        {
            AssertionEncryptor.Replace(element, encryption);
        }

        SamlSignatures.Sign(document.DocumentElement!, signer);
        return document;
    }

    private static XElement Answer(
        string name,
        string issuer,
        string? destination,
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
            SamlXml.Optional("Destination", destination),
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
        object[] subject =
        [
            NameId(assertion.NameIdFormat, assertion.NameId),
            new XElement(
                s_assertion + "SubjectConfirmation",
                new XAttribute("Method", SamlNames.Bearer),
                new XElement(
                    s_assertion + "SubjectConfirmationData",
                    SamlXml.Optional("InResponseTo", assertion.InResponseTo),
                    new XAttribute("Recipient", assertion.Destination),
                    new XAttribute("NotOnOrAfter", SamlXml.Instant(assertion.Now + assertion.Lifetime))
                )
            ),
        ];
        return Assertion(
            assertion.Issuer,
            assertion.Now,
            subject,
            Conditions(assertion.Now, assertion.Lifetime, assertion.Audience),
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

    private static XElement Assertion(
        string issuer,
        DateTimeOffset now,
        object subject,
        XElement conditions,
        params XElement?[] statements
    ) =>
        new(
            s_assertion + "Assertion",
            new XAttribute("ID", SamlXml.NewId()),
            new XAttribute("Version", "2.0"),
            new XAttribute("IssueInstant", SamlXml.Instant(now)),
            new XElement(s_assertion + "Issuer", issuer),
            new XElement(s_assertion + "Subject", subject),
            conditions,
            statements
        );

    private static XElement NameId(string format, string name) => new(s_assertion + "NameID", new XAttribute("Format", format), name);

    private static XElement Conditions(DateTimeOffset now, TimeSpan lifetime, string audience) =>
        new(
            s_assertion + "Conditions",
            new XAttribute("NotBefore", SamlXml.Instant(now - s_skew)),
            new XAttribute("NotOnOrAfter", SamlXml.Instant(now + lifetime)),
            new XElement(s_assertion + "AudienceRestriction", new XElement(s_assertion + "Audience", audience))
        );

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
