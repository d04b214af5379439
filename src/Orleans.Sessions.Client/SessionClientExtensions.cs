using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Sessions.Client.Cluster;

namespace Orleans.Sessions.Client;

/// <summary>Gives a client of the cluster, or a silo of it, a <see cref="SessionClient"/>.</summary>
public static class SessionClientExtensions
{
    /// <summary>For <c>UseOrleansClient</c>.</summary>
    /// <param name="builder">The client; its clustering is configured beside this.</param>
    /// <param name="configure">Sets options; they are checked when the host starts.</param>
    public static IClientBuilder AddSessions(this IClientBuilder builder, Action<SessionClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddSessionClient(builder.Services, configure);
        return builder;
    }

    /// <summary>For <c>UseOrleans</c>: other grains and services of the silo use the same client. The silo takes part in the cluster's grain directory.</summary>
    /// <inheritdoc cref="AddSessions(IClientBuilder, Action{SessionClientOptions}?)"/>
    public static ISiloBuilder AddSessions(this ISiloBuilder builder, Action<SessionClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddSessionClient(builder.Services, configure);
        return builder.UseSessionsDirectory();
    }

    private static void AddSessionClient(IServiceCollection services, Action<SessionClientOptions>? configure)
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
