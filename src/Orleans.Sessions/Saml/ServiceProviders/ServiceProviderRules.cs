using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Orleans.Sessions.Addresses;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Names;
using Orleans.Sessions.Registries;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>The requirements for a service provider's registration.</summary>
internal static class ServiceProviderRules
{
    private const int MaxId = 200;
    private const int MaxEntityId = 1024;
    private const int MaxUri = 2000;
    private const int MaxList = 20;
    private const int MaxConsumers = 100;

    private const string Certificates = "signingCertificates[]";

    private static readonly SearchValues<char> s_id = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@"
    );

    /// <summary>The rules of the registry of service providers. An entity id, too, belongs to one service provider only.</summary>
    public static readonly RegistryRules<ServiceProvider> Registry = new()
    {
        MaxEntries = 500,
        Unknown = SessionErrors.ServiceProviderUnknown,
        Exists = SessionErrors.ServiceProviderExists,
        Configured = SessionErrors.ServiceProviderConfigured,
        TooMany = SessionErrors.TooManyServiceProviders,
        IdOf = provider => provider.Id,
        RegistrationOf = provider => new(provider.IsConfigured, provider.CreatedAt, provider.ChangedAt),
        Register = (provider, registration) =>
            provider with
            {
                IsConfigured = registration.IsConfigured,
                CreatedAt = registration.CreatedAt,
                ChangedAt = registration.ChangedAt,
            },
        IsSame = IsSame,
        EnsureFree = (providers, provider) =>
        {
            if (providers.Values.Any(other => other.EntityId == provider.EntityId && other.Id != provider.Id))
            {
                throw new SessionException(SessionErrors.ServiceProviderExists);
            }
        },
    };

    /// <summary>The rules of the values, in the order in which they are checked.</summary>
    private static readonly FieldRules<ServiceProvider> s_values = new FieldRules<ServiceProvider>()
        .Whole(SessionErrors.ServiceProviderIdInvalid, provider => IsId(provider.Id))
        .Whole(SessionErrors.ServiceProviderNameTooLong, provider => provider.Name.Length <= MaxId)
        .Whole(SessionErrors.ServiceProviderEntityIdInvalid, provider =>
            provider.EntityId.Length is > 0 and <= MaxEntityId && provider.EntityId.All(c => c is > ' ' and <= '~')
        )
        .Whole(SessionErrors.ServiceProviderConsumersInvalid, provider =>
            provider.AssertionConsumers.Length is > 0 and <= MaxConsumers
            && provider.AssertionConsumers.Distinct().Count() == provider.AssertionConsumers.Length
        )
        .Each(
            SessionErrors.ServiceProviderConsumerBindingUnknown,
            "assertionConsumerServices[].binding",
            MaxConsumers,
            provider => provider.AssertionConsumers,
            (_, consumer) => SamlBindingUris.IsForAnswers(consumer.Binding),
            consumer => consumer.Binding
        )
        .Each(
            SessionErrors.ServiceProviderConsumerIndexInvalid,
            "assertionConsumerServices[].index",
            MaxConsumers,
            provider => provider.AssertionConsumers,
            (_, consumer) => consumer.Index is >= 0 and <= ushort.MaxValue,
            consumer => consumer.Index.ToString(CultureInfo.InvariantCulture)
        )
        .Each(
            SessionErrors.ServiceProviderConsumerLocationInvalid,
            "assertionConsumerServices[].location",
            MaxConsumers,
            provider => provider.AssertionConsumers,
            (_, consumer) => IsWebUri(consumer.Location),
            consumer => consumer.Location
        )
        .Whole(SessionErrors.ServiceProviderLogoutInvalid, provider => provider.LogoutEndpoints.Length <= MaxList)
        .Each(
            SessionErrors.ServiceProviderLogoutBindingUnknown,
            "singleLogoutServices[].binding",
            MaxList,
            provider => provider.LogoutEndpoints,
            (_, endpoint) => SamlBindingUris.IsKnown(endpoint.Binding),
            endpoint => endpoint.Binding
        )
        .Each(
            SessionErrors.ServiceProviderLogoutLocationInvalid,
            "singleLogoutServices[].location",
            MaxList,
            provider => provider.LogoutEndpoints,
            (_, endpoint) => IsWebUri(endpoint.Location),
            endpoint => endpoint.Location
        )
        .Each(
            SessionErrors.ServiceProviderLogoutLocationInvalid,
            "singleLogoutServices[].responseLocation",
            MaxList,
            provider => provider.LogoutEndpoints,
            (_, endpoint) => endpoint.ResponseLocation is null || IsWebUri(endpoint.ResponseLocation),
            endpoint => endpoint.ResponseLocation
        )
        .Whole(SessionErrors.ServiceProviderCertificatesInvalid, provider => provider.Certificates.Length <= MaxList)
        .Each(
            SessionErrors.ServiceProviderCertificateUnreadable,
            Certificates,
            MaxList,
            provider => provider.Certificates,
            (_, certificate) => CertificateText.IsCertificate(certificate)
        )
        .Each(
            SessionErrors.ServiceProviderCertificateWeak,
            Certificates,
            MaxList,
            provider => provider.Certificates,
            (_, certificate) => CertificateText.HasSigningKey(certificate)
        )
        .Whole(SessionErrors.ServiceProviderArtifactUnfit, provider =>
            !provider.Certificates.IsEmpty || provider.AssertionConsumers.All(consumer => consumer.Binding != SamlBindingUris.Artifact)
        )
        .Whole(SessionErrors.ServiceProviderSignaturesUnfit, provider => !provider.RequireSignedRequests || !provider.Certificates.IsEmpty)
        .Each(
            SessionErrors.ServiceProviderNameIdFormatsInvalid,
            "nameIdFormats[]",
            MaxList,
            provider => provider.NameIdFormats,
            (_, format) => format.Length is > 0 and <= MaxId,
            format => format
        )
        .One(SessionErrors.ServiceProviderLoginUriInvalid, "loginUri", provider => provider.LoginUri, (_, uri) => IsWebUri(uri))
        .One(
            SessionErrors.ServiceProviderAcrUnknown,
            "minimumAcr",
            provider => provider.MinimumAcr,
            (_, acr) => AuthenticationContext.Normalize(acr) == acr
        )
        .Whole(SessionErrors.ServiceProviderEncryptionUnfit, provider => provider.EncryptAssertions == IsUsable(provider.Encryption))
        .Whole(SessionErrors.ServiceProviderProjectIdLength, provider => provider.ProjectId is null or { Length: > 0 and <= MaxId })
        .Whole(SessionErrors.ServiceProviderLoginClientLength, provider => provider.LoginClientId is null or { Length: > 0 and <= MaxId })
        .Known<SamlAttributeSet>(SessionErrors.ServiceProviderAttributeSetUnknown, "attributeSet", provider => provider.AttributeSet)
        .Whole(SessionErrors.ServiceProviderAttributesTooMany, provider => AttributeRules.AreFew(provider.Attributes ?? []))
        .Whole(SessionErrors.ServiceProviderAttributeInvalid, provider => (provider.Attributes ?? []).All(AttributeRules.IsValid))
        .One(SessionErrors.ServiceProviderMetadataUrlInvalid, "metadataUrl", provider => provider.MetadataUrl, (_, uri) => IsWebUri(uri))
        .Whole(SessionErrors.ServiceProviderMetadataCertificateInvalid, provider =>
            provider.MetadataCertificate is not { } certificate
            || (provider.MetadataUrl is not null && CertificateText.HasSigningKey(certificate))
        );

    /// <summary>The service provider of a registration. Fails with <c>SAML-Sp003</c> or <c>SAML-Sp006</c>.</summary>
    public static ServiceProvider Understand(ServiceProviderRegistration registration)
    {
        var settings = registration.Settings;
        if (registration.Metadata is { } metadata)
        {
            if (
                settings
                is not {
                    AssertionConsumers.IsEmpty: true,
                    LogoutEndpoints.IsEmpty: true,
                    Certificates.IsEmpty: true,
                    NameIdFormats.IsEmpty: true,
                    Encryption: null
                }
            )
            {
                throw new SessionException(SessionErrors.ServiceProviderMetadataNotAlone);
            }

            settings = ServiceProviderMetadata.Read(settings, metadata);
        }

        return s_values.Refusal(settings) is { } refusal ? throw refusal : settings;
    }

    /// <summary>The service provider with these changes. Fails with <c>SAML-Sp003</c> or <c>SAML-Sp006</c>.</summary>
    public static ServiceProvider Apply(ServiceProvider provider, ServiceProviderChange change)
    {
        var next = provider with
        {
            Name = change.Name ?? provider.Name,
            LoginUri = Changed(provider.LoginUri, change.LoginUri),
            ProjectId = Changed(provider.ProjectId, change.ProjectId),
            IsInactive = change.IsInactive ?? provider.IsInactive,
        };
        return Understand(
            new ServiceProviderRegistration(
                change.Metadata is null
                    ? next
                    : Bare(next) with
                    {
                        EntityId = "",
                        MetadataUrl = null,
                        MetadataCertificate = null,
                        MetadataCopy = null,
                    },
                change.Metadata
            )
        );
    }

    /// <summary>
    /// The service provider as newer metadata describe the same entity. Fails with <c>SAML-Sp003</c> or <c>SAML-Sp006</c>.
    /// </summary>
    public static ServiceProvider Renewed(ServiceProvider provider, string metadata) =>
        Understand(new ServiceProviderRegistration(Bare(provider), metadata));

    /// <summary>The service provider without what its metadata say.</summary>
    private static ServiceProvider Bare(ServiceProvider provider) =>
        provider with
        {
            AssertionConsumers = [],
            LogoutEndpoints = [],
            Certificates = [],
            NameIdFormats = [],
            Encryption = null,
        };

    /// <summary>Whether two registrations have the same content, whenever they were made.</summary>
    public static bool IsSame(ServiceProvider one, ServiceProvider other) => Text(one) == Text(other);

    private static string? Changed(string? before, string? change) =>
        change is null ? before
        : change.Length > 0 ? change
        : null;

    private static string Text(ServiceProvider provider) =>
        JsonSerializer.Serialize(
            provider with
            {
                CreatedAt = default,
                ChangedAt = default,
                IsConfigured = false,
                MetadataCopy = null,
            },
            SamlJsonContext.Default.ServiceProvider
        );

    private static bool IsId(string id) => id.Length is > 0 and <= MaxId && !id.AsSpan().ContainsAnyExcept(s_id) && VisibleText.IsId(id);

    private static bool IsUsable(AssertionEncryption? encryption) =>
        encryption is not null && CertificateText.HasRsaKey(encryption.Certificate) && EncryptionMethods.IsKnown(encryption.Method);

    /// <summary>Whether it is https, or http on the person's own machine: answers contain the person's identity.</summary>
    public static bool IsWebUri(string text) =>
        text.Length <= MaxUri && WebAddress.Parse(text) is { Fragment: "" } uri && WebAddress.IsProtected(uri);
}
