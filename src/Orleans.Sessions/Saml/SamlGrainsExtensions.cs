using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Saml;

/// <summary>Registers the services of the SAML grains.</summary>
internal static class SamlGrainsExtensions
{
    public static void AddSamlGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JsonSerializerContext>(SamlJsonContext.Default);
        services.AddSingleton<IValidateOptions<ConfiguredServiceProvidersOptions>, ConfiguredServiceProvidersValidator>();
        services.AddKeyedSingleton(GrainKeys.SamlCertificates, (provider, _) => provider.GetRequiredService<IOptions<SamlOptions>>().Value.Keys);
        services.AddCheckedOptions<SamlOptions>(configuration.GetSection(SamlOptions.Section));
        services.AddCheckedOptions<ConfiguredServiceProvidersOptions>(configuration.GetSection(ConfiguredServiceProvidersOptions.Section));
    }
}
