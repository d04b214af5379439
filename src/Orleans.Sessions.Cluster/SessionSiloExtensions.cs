using Orleans.Hosting;
using Orleans.Sessions.Client;

namespace Orleans.Sessions.Cluster;

/// <summary>Adds a <see cref="SessionClient"/> to a silo of the cluster.</summary>
public static class SessionSiloExtensions
{
    /// <summary>
    /// For <c>UseOrleans</c>: grains and services of the silo share one client. The silo takes part in the cluster's grain directory.
    /// </summary>
    /// <param name="builder">The silo. Its clustering is configured separately.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts.</param>
    public static ISiloBuilder AddSessions(this ISiloBuilder builder, Action<SessionClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSessionClient(configure);
        return builder.UseSessionsDirectory();
    }
}
