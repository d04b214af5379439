using System.Xml.Linq;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>
/// A service provider's SAML metadata, made from its registration: the registry does not keep the text that it was read from.
/// </summary>
internal static class ServiceProviderXml
{
    private static readonly XNamespace s_metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static readonly XNamespace s_signature = "http://www.w3.org/2000/09/xmldsig#";

    public static string Of(ServiceProvider provider) =>
        new XElement(
            s_metadata + "EntityDescriptor",
            new XAttribute("entityID", provider.EntityId),
            new XElement(
                s_metadata + "SPSSODescriptor",
                new XAttribute("protocolSupportEnumeration", "urn:oasis:names:tc:SAML:2.0:protocol"),
                provider.RequireSignedRequests ? new XAttribute("AuthnRequestsSigned", "true") : null,
                provider.Certificates.Select(certificate => Key("signing", certificate.AsSpan())),
                provider.Encryption is { } encryption ? Key("encryption", encryption.Certificate.AsSpan()) : null,
                provider.LogoutEndpoints.Select(endpoint => new XElement(
                    s_metadata + "SingleLogoutService",
                    new XAttribute("Binding", endpoint.Binding),
                    new XAttribute("Location", endpoint.Location),
                    endpoint.ResponseLocation is { } response ? new XAttribute("ResponseLocation", response) : null
                )),
                provider.NameIdFormats.Select(format => new XElement(s_metadata + "NameIDFormat", format)),
                provider.AssertionConsumers.Select(consumer => new XElement(
                    s_metadata + "AssertionConsumerService",
                    new XAttribute("Binding", consumer.Binding),
                    new XAttribute("Location", consumer.Location),
                    new XAttribute("index", consumer.Index),
                    consumer.IsDefault ? new XAttribute("isDefault", "true") : null
                ))
            )
        ).ToString(SaveOptions.DisableFormatting);

    private static XElement Key(string use, ReadOnlySpan<byte> certificate) =>
        new(
            s_metadata + "KeyDescriptor",
            new XAttribute("use", use),
            new XElement(
                s_signature + "KeyInfo",
                new XElement(s_signature + "X509Data", new XElement(s_signature + "X509Certificate", Convert.ToBase64String(certificate)))
            )
        );
}
