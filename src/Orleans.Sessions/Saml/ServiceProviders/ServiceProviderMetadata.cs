using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Orleans.Sessions.Registries;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>Reads a service provider's SAML metadata (SAML Metadata §2.4.4). Only the given text is used.</summary>
internal static class ServiceProviderMetadata
{
    private const string Metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
    private const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    private const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    private const string Consumer = "AssertionConsumerService";
    private const string AlgorithmSupport = "urn:oasis:names:tc:SAML:metadata:algsupport";

    /// <summary>
    /// The settings combined with the metadata. If the settings have an entity id, it chooses one of several entities. Endpoints with other
    /// bindings are left out. Fails with <c>SAML-Sp006</c>, which says what is missing.
    /// </summary>
    public static ServiceProvider Read(ServiceProvider settings, string xml)
    {
        var entity = Entity(xml, settings.EntityId);
        if (Children(entity, "SPSSODescriptor").ToList() is not [var role] || !Words(role, "protocolSupportEnumeration").Contains(Protocol))
        {
            throw new SessionException(SessionErrors.ServiceProviderMetadataWithoutRole);
        }

        var certificates = Children(role, "KeyDescriptor")
            .Where(key => key.GetAttribute("use") is "" or "signing")
            .SelectMany(Certificates)
            .ToList();
        if (certificates.Any(certificate => certificate is not { IsEmpty: false }))
        {
            throw new SessionException(SessionErrors.ServiceProviderMetadataCertificateUnreadable);
        }

        // Without a certificate the service provider could not prove that the answer behind an artifact is its own.
        var consumers = Children(role, Consumer)
            .Where(element =>
                element.GetAttribute("Binding") is var binding
                && (certificates.Count > 0 ? SamlBindingUris.IsForAnswers(binding) : SamlBindingUris.IsKnown(binding))
            )
            .ToList();
        if (consumers.Any(IsOfKnownBinding))
        {
            // An address for artifacts is one more choice: if it cannot be used, the others can.
            consumers.RemoveAll(element => !IsOfKnownBinding(element) && !ServiceProviderRules.IsWebUri(element.GetAttribute("Location")));
        }

        if (consumers.Count == 0)
        {
            var binding = Children(role, Consumer).Select(element => element.GetAttribute("Binding")).FirstOrDefault();
            throw Refusal(SessionErrors.ServiceProviderMetadataWithoutConsumer, "@Binding", binding);
        }

        return settings with
        {
            EntityId = entity.GetAttribute("entityID"),
            AssertionConsumers =
            [
                .. consumers.Select(element => new AssertionConsumer(
                    element.GetAttribute("Location"),
                    element.GetAttribute("Binding"),
                    Index(element),
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
            SignatureMethod = Strongest(SigningAlgorithms.Methods, "SigningMethod", role, entity),
            DigestMethod = Strongest(SigningAlgorithms.Digests, "DigestMethod", role, entity),
        };
    }

    /// <summary>
    /// Until when an entity's metadata are valid, and for how long they may be kept (SAML Metadata §2.2.1, §2.3.1, §2.3.2): the shortest
    /// times of the entity, its role and what contains it. An end that cannot be read has passed.
    /// </summary>
    public static (DateTimeOffset? ValidUntil, TimeSpan? CacheDuration) ValidityOf(string xml, string entityId)
    {
        var entity = Entity(xml, entityId);
        var holders = Children(entity, "SPSSODescriptor").ToList();
        for (var holder = entity; holder is not null; holder = holder.ParentNode as XmlElement)
        {
            holders.Add(holder);
        }

        return (
            holders.Select(holder => holder.GetAttribute("validUntil")).Where(text => text.Length > 0).Select(End).Min(),
            holders.Select(holder => Duration(holder.GetAttribute("cacheDuration"))).Min()
        );
    }

    private static DateTimeOffset? End(string text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var end
        )
            ? end
            : DateTimeOffset.MinValue;

    private static TimeSpan? Duration(string text)
    {
        try
        {
            return text.Length > 0 ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>
    /// The strongest of our algorithms that the role names or, if it names none, the entity (SAML Metadata Profile for Algorithm Support);
    /// <c>null</c> if none of ours is named. SHA-1 is not ours.
    /// </summary>
    private static string? Strongest(ImmutableArray<string> ours, string name, XmlElement role, XmlElement entity)
    {
        var named = Algorithms(role, name) is { Count: > 0 } ofRole ? ofRole : Algorithms(entity, name);
        return ours.FirstOrDefault(named.Contains);
    }

    private static HashSet<string> Algorithms(XmlElement holder, string name) =>
        Children(holder, "Extensions")
            .SelectMany(extensions => extensions.ChildNodes.OfType<XmlElement>())
            .Where(element => element.LocalName == name && element.NamespaceURI == AlgorithmSupport)
            .Select(element => element.GetAttribute("Algorithm"))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The key for encryption, or otherwise the key without a stated use; <c>null</c> if there is neither.</summary>
    private static AssertionEncryption? Encryption(XmlElement role)
    {
        var key = Children(role, "KeyDescriptor")
            .Where(key => key.GetAttribute("use") is "" or "encryption")
            .MaxBy(key => key.GetAttribute("use").Length);
        return key is not null && Certificates(key).FirstOrDefault() is { } certificate
            ? new AssertionEncryption(
                certificate,
                EncryptionMethods
                    .All.Intersect(Children(key, "EncryptionMethod").Select(method => method.GetAttribute("Algorithm")))
                    .FirstOrDefault(EncryptionMethods.Aes256Cbc)
            )
            : null;
    }

    private static IEnumerable<ImmutableArray<byte>?> Certificates(XmlElement key) =>
        key.GetElementsByTagName("X509Certificate", Signature)
            .OfType<XmlElement>()
            .Select(certificate => CertificateText.Read(certificate.InnerText));

    /// <summary>The entity with this id; if the id is empty, the only entity.</summary>
    private static XmlElement Entity(string xml, string entityId)
    {
        // Files often begin with a byte order mark.
        if (
            SafeXml.Parse(xml.Trim('\uFEFF', ' ', '\t', '\r', '\n'), XmlLimits.Metadata)?.DocumentElement
            is not { NamespaceURI: Metadata, LocalName: "EntityDescriptor" or "EntitiesDescriptor" } root
        )
        {
            throw new SessionException(SessionErrors.ServiceProviderMetadataInvalid);
        }

        IEnumerable<XmlElement> all = root.LocalName == "EntityDescriptor" ? [root] : Entities(root);
        var meant = all.Where(entity => entityId.Length == 0 || entity.GetAttribute("entityID") == entityId).Take(2).ToList();
        return meant switch
        {
            [var only] => only,
            [] when entityId.Length > 0 => throw Refusal(
                SessionErrors.ServiceProviderMetadataOfOthers,
                "@entityID",
                all.FirstOrDefault()?.GetAttribute("entityID")
            ),
            [] => throw new SessionException(SessionErrors.ServiceProviderMetadataInvalid),
            _ => throw new SessionException(SessionErrors.ServiceProviderMetadataAmbiguous),
        };
    }

    /// <summary>
    /// The entities of an aggregate and of the aggregates in it. Other elements are not searched: a signature does not cover its own
    /// <c>KeyInfo</c>, so anybody can put an entity there.
    /// </summary>
    private static IEnumerable<XmlElement> Entities(XmlElement aggregate) =>
        Children(aggregate, "EntityDescriptor").Concat(Children(aggregate, "EntitiesDescriptor").SelectMany(Entities));

    /// <summary>The index of an endpoint. Some service providers leave it out.</summary>
    private static int Index(XmlElement endpoint) =>
        endpoint.GetAttribute("index") is not { Length: > 0 } text ? 0
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? (int)index
        : throw Refusal(SessionErrors.ServiceProviderMetadataIndexInvalid, "@index", text);

    /// <summary>A refusal that repeats the value of an attribute, if it is harmless.</summary>
    private static SessionException Refusal(SessionError error, string attribute, string? value) =>
        new(error) { Fault = new FieldFault("metadata", HarmlessValues.Of($"metadata/{attribute}", value)) };

    private static IEnumerable<XmlElement> Children(XmlElement parent, string name) =>
        parent.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == name && child.NamespaceURI == Metadata);

    private static IEnumerable<XmlElement> Known(XmlElement role, string name) => Children(role, name).Where(IsOfKnownBinding);

    private static bool IsOfKnownBinding(XmlElement endpoint) => SamlBindingUris.IsKnown(endpoint.GetAttribute("Binding"));

    private static ImmutableArray<string> Words(XmlElement element, string name) =>
        [.. element.GetAttribute(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsTrue(XmlElement element, string name) => element.GetAttribute(name) is "true" or "1";
}
