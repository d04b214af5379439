using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Oidc.Logout;

namespace Orleans.Sessions.Oidc;

/// <summary>Registers what the OpenID Connect grains need.</summary>
internal static class OidcGrainsExtensions
{
    public static void AddOidcGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JsonSerializerContext>(OidcJsonContext.Default);
        services.AddSingleton<ClientCopy>();
        services.AddSingleton<IValidateOptions<ConfiguredClientsOptions>, ConfiguredClientsValidator>();
        services.AddCheckedOptions<OidcOptions>(configuration.GetSection(OidcOptions.Section));
        services.AddCheckedOptions<ConfiguredClientsOptions>(configuration.GetSection(ConfiguredClientsOptions.Section));
    }
}
