using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.SamlProvidersV1;
using Orleans.Sessions.Saml;
using ServiceProvider = Orleans.Sessions.Saml.ServiceProvider;
using ServiceProviderMessage = Orleans.Sessions.Protocol.SamlProvidersV1.ServiceProvider;

namespace Orleans.Sessions.Gateway.Saml.ServiceProviders;

/// <summary>Converts service providers to and from messages.</summary>
internal static class ServiceProviderMessages
{
    /// <summary>The registration. A text that is not a certificate becomes an empty array, which the registry refuses.</summary>
    public static ServiceProviderRegistration Registration(string id, ServiceProviderSettings settings) =>
        new(
            new ServiceProvider
            {
                Id = id,
                Name = settings.Name,
                EntityId = settings.EntityId,
                AssertionConsumers =
                [
                    .. settings.AssertionConsumerServices.Select(service => new AssertionConsumer(
                        service.Location,
                        Given(service.Binding) ?? SamlBindingUris.Post,
                        (int)Math.Min(service.Index, int.MaxValue),
                        service.IsDefault
                    )),
                ],
                LogoutEndpoints =
                [
                    .. settings.SingleLogoutServices.Select(service => new LogoutEndpoint(
                        service.Location,
                        Given(service.Binding) ?? SamlBindingUris.Redirect,
                        Given(service.ResponseLocation)
                    )),
                ],
                Certificates = [.. settings.SigningCertificates.Select(text => CertificateText.Read(text) ?? [])],
                RequireSignedRequests = settings.RequireSignedRequests,
                NameIdFormats = [.. settings.NameIdFormats],
                LoginUri = Given(settings.LoginUri),
                MinimumAcr = Given(settings.MinimumAcr) is { } acr ? AuthenticationContext.Normalize(acr) ?? acr : null,
                LoginClientId = Given(settings.LoginClientId),
                ProjectId = Given(settings.ProjectId),
                EncryptAssertions = settings.EncryptAssertions,
                Encryption = Given(settings.EncryptionCertificate) is { } certificate
                    ? new AssertionEncryption(
                        CertificateText.Read(certificate) ?? [],
                        Given(settings.EncryptionMethod) ?? EncryptionMethods.Aes256Cbc
                    )
                    : null,
                AttributeSet =
                    (settings.AttributeSet is AttributeSet.Unspecified or AttributeSet.Basic)
                        ? null
                        : (SamlAttributeSet)settings.AttributeSet,
                Attributes = settings.Attributes.Count > 0 ? [.. settings.Attributes.Select(Rule)] : null,
                AllowUnsolicited = settings.AllowUnsolicited,
                IgnoreNameIdPolicy = settings.IgnoreNameIdPolicy,
                MetadataUrl = Given(settings.MetadataUrl),
                MetadataCertificate = Given(settings.MetadataCertificate) is { } pinned ? CertificateText.Read(pinned) ?? [] : null,
            },
            Given(settings.Metadata)
        );

    public static ServiceProviderMessage Message(ServiceProvider provider)
    {
        var settings = new ServiceProviderSettings
        {
            Name = provider.Name,
            EntityId = provider.EntityId,
            RequireSignedRequests = provider.RequireSignedRequests,
            LoginUri = provider.LoginUri ?? "",
            MinimumAcr = provider.MinimumAcr ?? "",
            LoginClientId = provider.LoginClientId ?? "",
            EncryptAssertions = provider.EncryptAssertions,
            EncryptionCertificate = provider.Encryption is { } encryption ? Convert.ToBase64String(encryption.Certificate.AsSpan()) : "",
            EncryptionMethod = provider.Encryption?.Method ?? "",
            AttributeSet = (AttributeSet)(provider.AttributeSet ?? SamlAttributeSet.Basic),
            AllowUnsolicited = provider.AllowUnsolicited,
            IgnoreNameIdPolicy = provider.IgnoreNameIdPolicy,
            MetadataUrl = provider.MetadataUrl ?? "",
            MetadataCertificate = provider.MetadataCertificate is { } pinned ? Convert.ToBase64String(pinned.AsSpan()) : "",
        };
        settings.Attributes.AddRange((provider.Attributes ?? []).Select(Message));
        if (provider.ProjectId is { } projectId)
        {
            settings.ProjectId = projectId;
        }

        settings.AssertionConsumerServices.AddRange(
            provider.AssertionConsumers.Select(consumer => new AssertionConsumerService
            {
                Location = consumer.Location,
                Binding = consumer.Binding,
                Index = (uint)consumer.Index,
                IsDefault = consumer.IsDefault,
            })
        );
        settings.SingleLogoutServices.AddRange(
            provider.LogoutEndpoints.Select(endpoint => new SingleLogoutService
            {
                Location = endpoint.Location,
                Binding = endpoint.Binding,
                ResponseLocation = endpoint.ResponseLocation ?? "",
            })
        );
        settings.SigningCertificates.AddRange(provider.Certificates.Select(certificate => Convert.ToBase64String(certificate.AsSpan())));
        settings.NameIdFormats.AddRange(provider.NameIdFormats);
        return new ServiceProviderMessage
        {
            Id = provider.Id,
            Settings = settings,
            CreationDate = Timestamps.Of(provider.CreatedAt),
            ChangeDate = Timestamps.Of(provider.ChangedAt),
            Configured = provider.IsConfigured,
            MetadataDate = provider.MetadataCopy is { } copy ? Timestamps.Of(copy.FetchedAt) : null,
            MetadataRefreshDate = provider.MetadataCopy is { } waiting ? Timestamps.Of(waiting.DueAt) : null,
            MetadataValidUntil = provider.MetadataCopy?.ValidUntil is { } end ? Timestamps.Of(end) : null,
            MetadataFault = provider.MetadataCopy?.Fault ?? "",
            SignatureMethod = provider.SignatureMethod ?? "",
            DigestMethod = provider.DigestMethod ?? "",
        };
    }

    private static SamlAttributeRule Rule(AttributeRule rule) =>
        new()
        {
            Name = rule.Name,
            Format = Given(rule.NameFormat),
            FriendlyName = Given(rule.FriendlyName),
            Source = (ClaimSource)rule.Source,
            Key = rule.Key,
            IsJson = rule.Json,
        };

    private static AttributeRule Message(SamlAttributeRule rule) =>
        new()
        {
            Name = rule.Name,
            NameFormat = rule.Format ?? "",
            FriendlyName = rule.FriendlyName ?? "",
            Source = (AttributeSource)rule.Source,
            Key = rule.Key,
            Json = rule.IsJson,
        };

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
