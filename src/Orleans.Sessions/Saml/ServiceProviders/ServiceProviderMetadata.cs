using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>Reads a service provider's SAML metadata (SAML Metadata §2.4.4). Only the given text is used; nothing is fetched.</summary>
internal static class ServiceProviderMetadata
{
    private const string Metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
    private const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    private const string Signature = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>
    /// The settings combined with the metadata; <c>null</c> if the metadata are unusable or do not describe exactly one service provider.
    /// Endpoints with other bindings are left out.
    /// </summary>
    public static ServiceProvider? Read(ServiceProvider settings, string xml)
    {
        // Files often begin with a byte order mark.
        if (
            SafeXml.Parse(xml.Trim('\uFEFF', ' ', '\t', '\r', '\n'))?.DocumentElement is not { } root
            || Entity(root) is not { } entity
            || Children(entity, "SPSSODescriptor").ToList() is not [var role]
            || !Words(role, "protocolSupportEnumeration").Contains(Protocol)
        )
        {
            return null;
        }

        var certificates = Children(role, "KeyDescriptor")
            .Where(key => key.GetAttribute("use") is "" or "signing")
            .SelectMany(Certificates)
            .ToList();
        if (certificates.Contains(null))
        {
            return null;
        }

        return settings with
        {
            EntityId = entity.GetAttribute("entityID"),
            AssertionConsumers =
            [
                .. Known(role, "AssertionConsumerService")
                    .Select(element => new AssertionConsumer(
                        element.GetAttribute("Location"),
                        element.GetAttribute("Binding"),
                        ushort.TryParse(element.GetAttribute("index"), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                            ? index
                            : 0,
                        IsTrue(element, "isDefault")
                    )),
            ],
            LogoutEndpoints =
            [
                .. Known(role, "SingleLogoutService")
                    .Select(element => new LogoutEndpoint(
                        element.GetAttribute("Location"),
                        element.GetAttribute("Binding"),
                        element.GetAttribute("ResponseLocation") is { Length: > 0 } location ? location : null
                    )),
            ],
            Certificates =
            [
                .. certificates
                    .Select(certificate => certificate!.Value)
                    .DistinctBy(certificate => Convert.ToBase64String(certificate.AsSpan())),
            ],
            RequireSignedRequests = settings.RequireSignedRequests || IsTrue(role, "AuthnRequestsSigned"),
            Encryption = settings.EncryptAssertions ? Encryption(role) : null,
            NameIdFormats = [.. Children(role, "NameIDFormat").Select(element => element.InnerText.Trim())],
        };
    }

    /// <summary>The key for encryption, or otherwise the key without a stated use; <c>null</c> if there is neither.</summary>
    private static AssertionEncryption? Encryption(XmlElement role)
    {
        var key = Children(role, "KeyDescriptor")
            .Where(key => key.GetAttribute("use") is "" or "encryption")
            .MaxBy(key => key.GetAttribute("use").Length);
        return key is not null && Certificates(key).FirstOrDefault() is { } certificate
            ? new AssertionEncryption(
                certificate,
                Children(key, "EncryptionMethod").Any(method => method.GetAttribute("Algorithm") == EncryptionMethods.Aes256Gcm)
                    ? EncryptionMethods.Aes256Gcm
                    : EncryptionMethods.Aes256Cbc
            )
            : null;
    }

    private static IEnumerable<ImmutableArray<byte>?> Certificates(XmlElement key) =>
        key.GetElementsByTagName("X509Certificate", Signature)
            .OfType<XmlElement>()
            .Select(certificate => CertificateText.Read(certificate.InnerText));

    /// <summary>The entity itself, or the only entity of a list.</summary>
    private static XmlElement? Entity(XmlElement root) =>
        root.NamespaceURI != Metadata
            ? null
            : root.LocalName switch
            {
                "EntityDescriptor" => root,
                "EntitiesDescriptor" => Children(root, "EntityDescriptor").ToList() is [var only] ? only : null,
                _ => null,
            };

    private static IEnumerable<XmlElement> Children(XmlElement parent, string name) =>
        parent.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == name && child.NamespaceURI == Metadata);

    private static IEnumerable<XmlElement> Known(XmlElement role, string name) =>
        Children(role, name).Where(element => SamlBindingUris.IsKnown(element.GetAttribute("Binding")));

    private static ImmutableArray<string> Words(XmlElement element, string name) =>
        [.. element.GetAttribute(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsTrue(XmlElement element, string name) => element.GetAttribute(name) is "true" or "1";
}
