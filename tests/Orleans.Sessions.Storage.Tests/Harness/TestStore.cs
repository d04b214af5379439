using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage.Tests.Harness;
using Orleans.Sessions.Testing;
using Orleans.Storage;

[assembly: AssemblyFixture(typeof(SqliteStore))]
[assembly: AssemblyFixture(typeof(PostgreSqlStore))]
[assembly: AssemblyFixture(typeof(MemoryOnly))]

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>A database with a silo on it that all tests share. Keys and service ids keep tests apart.</summary>
public abstract class TestStore : ConformingStore, IAsyncLifetime
{
    private IHost? _silo;

    /// <summary>The silo's grain storage: Orleans' own ADO.NET provider with our SQL.</summary>
    public IGrainStorage GrainStorage => _silo!.Services.GetRequiredKeyedService<IGrainStorage>(StateNames.Provider);

    public IServiceProvider Services => _silo!.Services;

    public StorageOptions Options { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        Options = await CreateAsync();
        _silo = await StartSiloAsync(Options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.StopAsync();
            _silo.Dispose();
        }

        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    public override TestService NewService() => new(Options);

    public abstract Task<StorageOptions> CreateAsync();

    public static async Task<IHost> StartSiloAsync(StorageOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.AddSessionStorage(options);
            silo.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("silo", "silo"));
            if (options.IsShared)
            {
                silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
            }
            else
            {
                silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "silo", clusterId: "silo");
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    protected abstract Task RemoveAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

public sealed class SqliteStore : TestStore
{
    private readonly List<string> _folders = [];

    public override Task<StorageOptions> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sessions-").FullName;
        lock (_folders)
        {
            _folders.Add(folder);
        }

        return Task.FromResult(new StorageOptions { DataPath = folder });
    }

    protected override Task RemoveAsync()
    {
        foreach (var folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}

public sealed class PostgreSqlStore : TestStore
{
    private readonly Lazy<Task<PostgreSqlServer>> _server = new(() => PostgreSqlServer.StartAsync());

    public override async Task<StorageOptions> CreateAsync() =>
        new() { ConnectionString = await (await _server.Value).CreateDatabaseAsync() };

    protected override async Task RemoveAsync() => await (await _server.Value).DisposeAsync();
}
