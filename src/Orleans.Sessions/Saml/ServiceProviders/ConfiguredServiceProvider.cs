using Orleans.Sessions.Logins;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>A service provider of the configuration; <see cref="ServiceProvider"/> describes the values.</summary>
public sealed class ConfiguredServiceProvider
{
    /// <summary>Its id in the registry.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name shown to people.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its SAML metadata, XML. Alternatives are <see cref="MetadataPath"/> or the values below.</summary>
    public string? Metadata { get; set; }

    /// <summary>The file with the metadata; it is read at each start.</summary>
    public string? MetadataPath { get; set; }

    /// <summary>Its name in messages.</summary>
    public string EntityId { get; set; } = "";

    /// <summary>The addresses that answers to logins may be sent to.</summary>
    public IList<ConfiguredConsumer> AssertionConsumers { get; } = [];

    /// <summary>The addresses that logout messages are sent to.</summary>
    public IList<ConfiguredLogout> LogoutEndpoints { get; } = [];

    /// <summary>The certificates of the keys it signs with, PEM or base64.</summary>
    public IList<string> Certificates { get; } = [];

    /// <summary>Whether requests without a signature are refused.</summary>
    public bool RequireSignedRequests { get; set; }

    /// <summary>The name id formats that it accepts.</summary>
    public IList<string> NameIdFormats { get; } = [];

    /// <summary>The login frontend for it.</summary>
    public string? LoginUri { get; set; }

    /// <summary>The minimum assurance of a login.</summary>
    public string? MinimumAcr { get; set; }

    /// <summary>The login frontend's user id.</summary>
    public string? LoginClientId { get; set; }

    /// <summary>Whether assertions are encrypted for it.</summary>
    public bool EncryptAssertions { get; set; }

    /// <summary>The certificate of the key for their encryption, PEM or base64, if the metadata do not contain it.</summary>
    public string? EncryptionCertificate { get; set; }

    /// <summary>The method of their encryption: one of <see cref="EncryptionMethods"/>; default AES-256-CBC.</summary>
    public string EncryptionMethod { get; set; } = EncryptionMethods.Aes256Cbc;

    /// <summary>The attributes that it gets; default <see cref="SamlAttributeSet.Basic"/>.</summary>
    public SamlAttributeSet AttributeSet { get; set; } = SamlAttributeSet.Basic;

    /// <summary>Further attributes.</summary>
    public IList<ConfiguredAttribute> Attributes { get; } = [];

    /// <summary>Whether logins may begin at this service, without a request.</summary>
    public bool AllowUnsolicited { get; set; }

    /// <summary>Whether a request for an unknown name id format counts as one without a format.</summary>
    public bool IgnoreNameIdPolicy { get; set; }

    /// <summary>
    /// The registration. A text that is not a certificate becomes an empty array, which the registry rejects. Fails like reading a file if
    /// the metadata file cannot be read.
    /// </summary>
    public ServiceProviderRegistration ToRegistration() =>
        new(
            new ServiceProvider
            {
                Id = Id,
                Name = Name,
                EntityId = EntityId,
                AssertionConsumers =
                [
                    .. AssertionConsumers.Select(consumer => new AssertionConsumer(
                        consumer.Location,
                        consumer.Binding,
                        consumer.Index,
                        consumer.IsDefault
                    )),
                ],
                LogoutEndpoints =
                [
                    .. LogoutEndpoints.Select(logout => new LogoutEndpoint(logout.Location, logout.Binding, logout.ResponseLocation)),
                ],
                Certificates = [.. Certificates.Select(text => CertificateText.Read(text) ?? [])],
                RequireSignedRequests = RequireSignedRequests,
                NameIdFormats = [.. NameIdFormats],
                LoginUri = LoginUri,
                MinimumAcr = MinimumAcr is null ? null : AuthenticationContext.Normalize(MinimumAcr) ?? MinimumAcr,
                LoginClientId = LoginClientId,
                EncryptAssertions = EncryptAssertions,
                Encryption = EncryptionCertificate is null
                    ? null
                    : new AssertionEncryption(CertificateText.Read(EncryptionCertificate) ?? [], EncryptionMethod),
                AttributeSet = AttributeSet == SamlAttributeSet.Basic ? null : AttributeSet,
                Attributes = Attributes.Count > 0 ? [.. Attributes.Select(attribute => attribute.ToRule())] : null,
                AllowUnsolicited = AllowUnsolicited,
                IgnoreNameIdPolicy = IgnoreNameIdPolicy,
            },
            MetadataPath is null ? Metadata : File.ReadAllText(MetadataPath)
        );

    /// <summary>Its entity id, or otherwise its fault.</summary>
    internal (string? EntityId, string? Fault) Check()
    {
        if (Metadata is not null && MetadataPath is not null)
        {
            return (null, $"service provider '{Id}' has Metadata and MetadataPath");
        }

        try
        {
            return (ServiceProviderRules.Understand(ToRegistration()).EntityId, null);
        }
        catch (SessionException exception)
        {
            return (null, $"service provider '{Id}': {exception.Text}");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"the metadata file of service provider '{Id}' cannot be read");
        }
    }
}
