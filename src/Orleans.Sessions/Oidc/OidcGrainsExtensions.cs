using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Oidc.Logout;

namespace Orleans.Sessions.Oidc;

/// <summary>Registers what the OpenID Connect grains need, and the job beside them.</summary>
public static class OidcGrainsExtensions
{
    /// <summary>Adds the job that tells clients of ended sessions; every silo has one. The grains' services must be there too.</summary>
    public static IServiceCollection AddBackChannelLogout(this IServiceCollection services) => services.AddHostedService<LogoutService>();

    internal static void AddOidcGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JsonSerializerContext>(OidcJsonContext.Default);
        services.AddSingleton<ClientCopy>();
        services.AddSingleton<IValidateOptions<ConfiguredClientsOptions>, ConfiguredClientsValidator>();
        services.AddCheckedOptions<OidcOptions>(configuration.GetSection(OidcOptions.Section));
        services.AddCheckedOptions<ConfiguredClientsOptions>(configuration.GetSection(ConfiguredClientsOptions.Section));
    }
}
