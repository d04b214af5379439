using Orleans.Sessions.EndToEnd.Harness;

[assembly: AssemblyFixture(typeof(SharedClusters))]

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>Clusters that tests share and leave as they are. Each starts when the first test needs it.</summary>
public sealed class SharedClusters : OwnHosts
{
    private readonly Lazy<Task<(Api A, Api B)>> _twoNodes;
    private readonly Lazy<Task<(Api Silo, Api Gateway)>> _split;

    public SharedClusters()
    {
        _twoNodes = new(() => StartAsync(HostSettings.Shared, HostSettings.Shared));
        _split = new(() => StartAsync(HostSettings.Shared.With(Setting.Role, "silo"), HostSettings.Shared.With(Setting.Role, "gateway")));
    }

    /// <summary>Two equal nodes, and the administrator as a caller of each.</summary>
    public Task<(Api A, Api B)> TwoNodesAsync() => _twoNodes.Value;

    /// <summary>A process with the grains and one with the protocols, and the administrator as a caller of each.</summary>
    public Task<(Api Silo, Api Gateway)> SplitAsync() => _split.Value;

    private async Task<(Api First, Api Second)> StartAsync(Dictionary<string, string> first, Dictionary<string, string> second)
    {
        var connectionString = await Databases.CreateAsync();
        var admin = Admin(await StartAsync(first.OnPostgreSql(connectionString)));
        return (admin, admin.At(await JoinAsync(second.OnPostgreSql(connectionString))));
    }
}
