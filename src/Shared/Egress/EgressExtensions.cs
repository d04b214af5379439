using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Sessions.Egress;

/// <summary>Registers the services for outgoing calls.</summary>
internal static class EgressExtensions
{
    /// <summary>Adds <see cref="EgressHttp"/> and its rules.</summary>
    public static void AddEgress(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<EgressOptions>()
            .Bind(configuration.GetSection(EgressOptions.Section))
            .PostConfigure(options => options.ReadServices(configuration.GetSection("Sessions")))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<EgressRules>();
        services.AddSingleton<EgressHttp>();
    }
}
