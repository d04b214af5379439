using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Sessions.Egress;

/// <summary>Registers the services for outgoing calls.</summary>
internal static class EgressExtensions
{
    /// <summary>Adds <see cref="EgressHttp"/> and its rules.</summary>
    public static void AddEgress(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<EgressOptions>(configuration.GetSection(EgressOptions.Section));
        services.PostConfigure<EgressOptions>(options => options.ReadServices(configuration.GetSection("Sessions")));
        services.AddSingleton<EgressRules>();
        services.AddSingleton<EgressHttp>();
    }
}
