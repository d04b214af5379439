using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Saml.Requests;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Saml;

/// <summary>Registers the services of the SAML grains.</summary>
internal static class SamlGrainsExtensions
{
    public static void AddSamlGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JsonSerializerContext>(SamlJsonContext.Default);
        services.AddKeyedSingleton(GrainKeys.SamlCertificates, (provider, _) =>
            provider.GetRequiredService<IOptions<CertificateOptions>>().Value.Schedule
        );
        services.AddCheckedOptions<SamlRequestOptions>(configuration.GetSection(SamlRequestOptions.Section));
        services.AddSingleton<SamlMeter>();
        services.AddCheckedOptions<MetadataRefreshOptions>(configuration.GetSection(MetadataRefreshOptions.Section));
        services.AddCheckedOptions<CertificateOptions>(configuration.GetSection(CertificateOptions.Section));
        services.AddCheckedList<ConfiguredServiceProvidersOptions, ConfiguredServiceProvider>(
            configuration.GetSection(ConfiguredServiceProvidersOptions.Section),
            configured => configured.ServiceProviders
        );
    }
}
