using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Orleans.Sessions.Client;

/// <summary>Adds a <see cref="SessionClient"/> to a client of the cluster.</summary>
public static class SessionClientExtensions
{
    /// <summary>For <c>UseOrleansClient</c>.</summary>
    /// <param name="builder">The client. Its clustering is configured separately.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts.</param>
    public static IClientBuilder AddSessions(this IClientBuilder builder, Action<SessionClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSessionClient(configure);
        return builder;
    }

    /// <summary>For a process that already takes part in the cluster.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts.</param>
    public static IServiceCollection AddSessionClient(this IServiceCollection services, Action<SessionClientOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdGenerator>();
        services.TryAddSingleton<SessionClient>();
        var options = services.AddOptions<SessionClientOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SessionClientOptions>, OptionsRules>());
        options.ValidateOnStart();
        return services;
    }

    private sealed class OptionsRules : IValidateOptions<SessionClientOptions>
    {
        public ValidateOptionsResult Validate(string? name, SessionClientOptions options)
        {
            var broken = options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage!).ToList();
            return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
        }
    }
}
