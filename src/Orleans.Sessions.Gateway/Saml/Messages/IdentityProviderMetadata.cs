using System.Security.Cryptography.X509Certificates;
using System.Xml;
using System.Xml.Linq;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>The metadata of this identity provider for service providers (SAML metadata §2.4.3).</summary>
internal static class IdentityProviderMetadata
{
    private const string Soap = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP";

    private static readonly XNamespace s_metadata = SamlNames.Metadata;
    private static readonly XNamespace s_algorithms = SamlNames.Algorithms;
    private static readonly XNamespace s_signature = SamlNames.Signature;

    /// <summary>The signed metadata.</summary>
    /// <param name="entityId">The entity id.</param>
    /// <param name="origin">The public origin, without a trailing slash.</param>
    /// <param name="certificates">The certificates that sign now, will sign next, or signed lately.</param>
    /// <param name="signing">The certificate that signs now.</param>
    /// <param name="wantAuthnRequestsSigned">Whether every request must be signed.</param>
    /// <param name="validUntil">The end of its validity; <c>null</c> if it has none.</param>
    /// <param name="cacheDuration">How long a service provider may keep it before it looks again.</param>
    public static XmlDocument Create(
        string entityId,
        string origin,
        IReadOnlyList<X509Certificate2> certificates,
        X509Certificate2 signing,
        bool wantAuthnRequestsSigned,
        DateTimeOffset? validUntil,
        TimeSpan cacheDuration
    )
    {
        var document = SamlXml.Document(
            new XElement(
                s_metadata + "EntityDescriptor",
                new XAttribute(XNamespace.Xmlns + "md", s_metadata),
                new XAttribute("ID", SamlXml.NewId()),
                new XAttribute("entityID", entityId),
                SamlXml.Optional("validUntil", validUntil is { } end ? SamlXml.Instant(end) : null),
                new XAttribute("cacheDuration", XmlConvert.ToString(cacheDuration)),
                Algorithms(),
                new XElement(
                    s_metadata + "IDPSSODescriptor",
                    new XAttribute("protocolSupportEnumeration", SamlNames.Protocol),
                    // Some service providers take "false" for a wish that they do not sign.
                    SamlXml.Optional("WantAuthnRequestsSigned", wantAuthnRequestsSigned ? "true" : null),
                    certificates.Select(Key),
                    new XElement(
                        s_metadata + "ArtifactResolutionService",
                        new XAttribute("Binding", Soap),
                        new XAttribute("Location", $"{origin}/saml/v2/artifact"),
                        new XAttribute("index", "0"),
                        new XAttribute("isDefault", "true")
                    ),
                    Endpoints("SingleLogoutService", $"{origin}/saml/v2/SLO"),
                    NameIdFormats.All.Select(format => new XElement(s_metadata + "NameIDFormat", format)),
                    Endpoints("SingleSignOnService", $"{origin}/saml/v2/SSO")
                ),
                new XElement(
                    s_metadata + "AttributeAuthorityDescriptor",
                    new XAttribute("protocolSupportEnumeration", SamlNames.Protocol),
                    certificates.Select(Key),
                    new XElement(
                        s_metadata + "AttributeService",
                        new XAttribute("Binding", Soap),
                        new XAttribute("Location", $"{origin}/saml/v2/attribute")
                    ),
                    NameIdFormats.All.Select(format => new XElement(s_metadata + "NameIDFormat", format))
                )
            )
        );
        SamlSignatures.Sign(document.DocumentElement!, new MessageSigner(signing));
        return document;
    }

    /// <summary>
    /// The algorithms by which service providers may sign (SAML Metadata Profile for Algorithm Support). Some of them sign with SHA-1
    /// otherwise.
    /// </summary>
    private static XElement Algorithms() =>
        new(
            s_metadata + "Extensions",
            new XAttribute(XNamespace.Xmlns + "alg", s_algorithms),
            XmlSignatureAlgorithms.Digests.Select(name => new XElement(s_algorithms + "DigestMethod", new XAttribute("Algorithm", name))),
            XmlSignatureAlgorithms.Methods.Select(name => new XElement(s_algorithms + "SigningMethod", new XAttribute("Algorithm", name)))
        );

    private static IEnumerable<XElement> Endpoints(string name, string location) =>
        new[] { SamlBindingUris.Redirect, SamlBindingUris.Post }.Select(binding => new XElement(
            s_metadata + name,
            new XAttribute("Binding", binding),
            new XAttribute("Location", location)
        ));

    private static XElement Key(X509Certificate2 certificate) =>
        new(
            s_metadata + "KeyDescriptor",
            new XAttribute("use", "signing"),
            new XElement(
                s_signature + "KeyInfo",
                new XAttribute(XNamespace.Xmlns + "ds", s_signature),
                new XElement(
                    s_signature + "X509Data",
                    new XElement(s_signature + "X509Certificate", Convert.ToBase64String(certificate.RawData))
                )
            )
        );
}
