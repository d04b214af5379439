using Orleans.Sessions.Gateway.Cluster;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>The settings that are changed at run time. Every node follows a change within a second.</summary>
internal sealed class RuntimeSettings(Grains grains, TimeProvider clock)
{
    private readonly RegistryCache<InstanceSettings> _settings = new(
        async (_, cancellationToken) => await grains.CallAsync(() => grains.InstanceSettings.GetAsync(), cancellationToken),
        clock
    );

    /// <summary>The settings, as they were less than a second ago.</summary>
    public async ValueTask<InstanceSettings> CurrentAsync(CancellationToken cancellationToken) =>
        (await _settings.FindAsync("", cancellationToken))!;
}
