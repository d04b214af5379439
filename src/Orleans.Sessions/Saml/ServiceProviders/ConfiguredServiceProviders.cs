using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>The service providers of the configuration, section <c>Sessions:Saml:ServiceProviders</c>; each silo puts them into the registry when it starts.</summary>
public sealed class ConfiguredServiceProvidersOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml";

    /// <summary>The service providers.</summary>
    public IList<ConfiguredServiceProvider> ServiceProviders { get; } = [];

    /// <summary>Which of them cannot be registered because another one has its entity id, by key, and which one that is; <c>null</c>: they all can.</summary>
    public string? ConflictWith(IEnumerable<ServiceProvider> registered)
    {
        var others = registered.Where(other => !other.IsConfigured).ToLookup(other => other.EntityId, StringComparer.Ordinal);
        return ServiceProviders.Select((configured, i) =>
        {
            var provider = ServiceProviderRules.Understand(configured.ToRegistration());
            return others[provider.EntityId].FirstOrDefault(other => other.Id != provider.Id) is { } other
                ? $"{Section}:{nameof(ServiceProviders)}:{i}: '{provider.EntityId}' is registered by the API as '{other.Id}'; delete that one, or give this one its id."
                : null;
        }).FirstOrDefault(conflict => conflict is not null);
    }
}

/// <summary>A service provider of the configuration; see <see cref="ServiceProvider"/> for what the values mean.</summary>
public sealed class ConfiguredServiceProvider
{
    /// <summary>Its id in the registry.</summary>
    public string Id { get; set; } = "";

    /// <summary>What people are shown.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its SAML metadata, XML; instead of this, <see cref="MetadataPath"/> or the values below.</summary>
    public string? Metadata { get; set; }

    /// <summary>The file that has the metadata; read at each start.</summary>
    public string? MetadataPath { get; set; }

    /// <summary>Its name in messages.</summary>
    public string EntityId { get; set; } = "";

    /// <summary>Where answers to logins may be sent.</summary>
    public IList<ConfiguredConsumer> AssertionConsumers { get; } = [];

    /// <summary>Where answers to logouts are sent.</summary>
    public IList<ConfiguredLogout> LogoutEndpoints { get; } = [];

    /// <summary>The certificates of the keys it signs with, PEM or base64.</summary>
    public IList<string> Certificates { get; } = [];

    /// <summary>Whether requests without a signature are refused.</summary>
    public bool RequireSignedRequests { get; set; }

    /// <summary>The name id formats it takes.</summary>
    public IList<string> NameIdFormats { get; } = [];

    /// <summary>The login frontend for it.</summary>
    public string? LoginUri { get; set; }

    /// <summary>The least assurance of a login.</summary>
    public string? MinimumAcr { get; set; }

    /// <summary>The login frontend's user id.</summary>
    public string? LoginClientId { get; set; }

    /// <summary>Whether assertions are encrypted for it.</summary>
    public bool EncryptAssertions { get; set; }

    /// <summary>The certificate of the key they are encrypted with, PEM or base64, if metadata do not have it.</summary>
    public string? EncryptionCertificate { get; set; }

    /// <summary>How they are encrypted: one of <see cref="EncryptionMethods"/>; default AES-256-CBC.</summary>
    public string EncryptionMethod { get; set; } = EncryptionMethods.Aes256Cbc;

    /// <summary>The registration. A certificate that is none becomes an empty one, which the registry refuses; fails as reading a file does.</summary>
    public ServiceProviderRegistration ToRegistration() => new(
        new ServiceProvider
        {
            Id = Id,
            Name = Name,
            EntityId = EntityId,
            AssertionConsumers = [.. AssertionConsumers.Select(consumer => new AssertionConsumer(consumer.Location, consumer.Binding, consumer.Index, consumer.IsDefault))],
            LogoutEndpoints = [.. LogoutEndpoints.Select(logout => new LogoutEndpoint(logout.Location, logout.Binding, logout.ResponseLocation))],
            Certificates = [.. Certificates.Select(text => CertificateText.Read(text) ?? [])],
            RequireSignedRequests = RequireSignedRequests,
            NameIdFormats = [.. NameIdFormats],
            LoginUri = LoginUri,
            MinimumAcr = MinimumAcr is null ? null : AuthenticationContext.Normalize(MinimumAcr) ?? MinimumAcr,
            LoginClientId = LoginClientId,
            EncryptAssertions = EncryptAssertions,
            Encryption = EncryptionCertificate is null ? null : new AssertionEncryption(CertificateText.Read(EncryptionCertificate) ?? [], EncryptionMethod),
        },
        MetadataPath is null ? Metadata : File.ReadAllText(MetadataPath));

    /// <summary>Its entity id, or else what is wrong with it.</summary>
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
        catch (SessionException exception) when (exception.Error == SessionErrors.ServiceProviderMetadataInvalid)
        {
            return (null, $"the metadata of service provider '{Id}' do not describe one service provider of SAML 2.0");
        }
        catch (SessionException)
        {
            return (null, $"service provider '{Id}' has values that cannot work together");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"the metadata file of service provider '{Id}' cannot be read");
        }
    }
}

/// <summary>An assertion consumer of the configuration; see <see cref="AssertionConsumer"/>.</summary>
public sealed class ConfiguredConsumer
{
    /// <summary>The URL.</summary>
    public string Location { get; set; } = "";

    /// <summary>The binding; default HTTP-POST.</summary>
    public string Binding { get; set; } = SamlBindingUris.Post;

    /// <summary>By which requests may name it.</summary>
    public int Index { get; set; }

    /// <summary>Whether it is meant when a request names none.</summary>
    public bool IsDefault { get; set; }
}

/// <summary>A logout endpoint of the configuration; see <see cref="LogoutEndpoint"/>.</summary>
public sealed class ConfiguredLogout
{
    /// <summary>The URL.</summary>
    public string Location { get; set; } = "";

    /// <summary>The binding; default HTTP-Redirect.</summary>
    public string Binding { get; set; } = SamlBindingUris.Redirect;

    /// <summary>Where answers go.</summary>
    public string? ResponseLocation { get; set; }
}

/// <summary>Says what is wrong with configured service providers when the host starts.</summary>
internal sealed class ConfiguredServiceProvidersValidator : IValidateOptions<ConfiguredServiceProvidersOptions>
{
    public ValidateOptionsResult Validate(string? name, ConfiguredServiceProvidersOptions options)
    {
        var checks = options.ServiceProviders.Select(provider => provider.Check()).ToList();
        var faults = checks.Select((check, i) => check.Fault is { } fault ? $"Sessions:Saml:ServiceProviders:{i}: {fault}." : null)
            .Concat(options.ServiceProviders.Select(provider => provider.Id).Concat(checks.Select(check => check.EntityId).OfType<string>().Select(entityId => $"entity id {entityId}"))
                .GroupBy(name => name).Where(group => group.Count() > 1)
                .Select(group => $"Sessions:Saml:ServiceProviders: '{group.Key}' is there twice."))
            .OfType<string>().ToImmutableArray();
        return faults.IsEmpty ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
