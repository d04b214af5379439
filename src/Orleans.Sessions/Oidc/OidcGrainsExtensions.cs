using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Oidc.Logout;

namespace Orleans.Sessions.Oidc;

/// <summary>Registers the background service of the OpenID Connect grains.</summary>
public static class OidcGrainsExtensions
{
    /// <summary>
    /// Adds the service that notifies clients of ended sessions; every silo has one. It also needs the services of the grains.
    /// </summary>
    public static IServiceCollection AddBackChannelLogout(this IServiceCollection services) => services.AddHostedService<LogoutService>();

    internal static void AddOidcGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JsonSerializerContext>(OidcJsonContext.Default);
        services.AddSingleton<ClientCache>();
        services.AddKeyedSingleton(GrainKeys.SigningKeys, (provider, _) =>
            provider.GetRequiredService<IOptions<TokenKeyOptions>>().Value.Schedule
        );
        services.AddCheckedOptions<OidcRequestOptions>(configuration.GetSection(OidcRequestOptions.Section));
        services.AddCheckedOptions<TokenKeyOptions>(configuration.GetSection(TokenKeyOptions.Section));
        services.AddCheckedOptions<LogoutOptions>(configuration.GetSection(LogoutOptions.Section));
        services.AddCheckedList<ConfiguredClientsOptions, ConfiguredClient>(
            configuration.GetSection(ConfiguredClientsOptions.Section),
            configured => configured.Clients
        );
    }
}
