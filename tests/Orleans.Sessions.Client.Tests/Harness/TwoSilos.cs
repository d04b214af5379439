using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Sessions.Client.Tests.Harness;

[assembly: AssemblyFixture(typeof(TwoSilos))]

namespace Orleans.Sessions.Client.Tests.Harness;

/// <summary>Two silos in processes of their own on one PostgreSQL, and this process as a client of the cluster.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    public const string Password = "Correct-Horse-7";

    /// <summary>The time after which two nodes agree that both are there. Until then they may refuse changes.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(7);

    private readonly List<HostProcess> _silos = [];
    private PostgreSqlServer? _server;
    private IHost? _client;

    public string ConnectionString { get; private set; } = "";

    public SessionClient Sessions => _client!.Services.GetRequiredService<SessionClient>();

    public IGrainFactory Grains => _client!.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        _server = await PostgreSqlServer.StartAsync();
        ConnectionString = await _server.CreateDatabaseAsync();
        await StartSiloAsync();
        await StartSiloAsync();
        await Task.Delay(s_settled);
        _client = await StartClientAsync();
    }

    /// <summary>A client of the cluster.</summary>
    public async Task<IHost> StartClientAsync(Action<SessionClientOptions>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", ConnectionString));
            client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
            client.AddSessions(configure);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Kills one silo after the other, each only once its successor serves. All state that was only in memory is lost.</summary>
    public async Task ReplaceSilosAsync()
    {
        foreach (var silo in _silos.ToList())
        {
            await StartSiloAsync();
            await silo.KillAsync();
            await silo.DisposeAsync();
            _silos.Remove(silo);
        }
    }

    /// <summary>A user with a password and, if wanted, an authenticator app.</summary>
    public async Task<string> NewHumanAsync(string? totpSecret = null)
    {
        var id = $"human-{Guid.NewGuid():N}";
        await Grains
            .GetGrain<IUserGrain>(GrainKeys.User(id))
            .CreateAsync(
                new CreateUser
                {
                    Caller = Caller.InCluster,
                    Human = new NewHuman
                    {
                        Profile = new UserProfile { GivenName = "Minnie", FamilyName = "Mouse" },
                        Email = new EmailAddress($"{id}@example.com", IsVerified: true),
                        Password = new NewPassword { Password = Password },
                        TotpSecret = totpSecret,
                    },
                }
            );
        return id;
    }

    /// <summary>A session in which somebody said who they are.</summary>
    public async Task<string> NewSessionAsync(string user) =>
        (await Sessions.CreateAsync(create => create with { Checks = new Checks { User = new UserCheck { UserId = user } } })).SessionId;

    /// <summary>Changes a session.</summary>
    public Task<SessionChange> TouchAsync(string session) =>
        Sessions.SetAsync(session, set => set with { Lifetime = TimeSpan.FromHours(1) });

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task StartSiloAsync() =>
        _silos.Add(
            await HostProcess.StartAsync(
                new Dictionary<string, string>
                {
                    [Setting.LogLevel] = "Warning",
                    [Setting.ConnectionString] = ConnectionString,
                    [Setting.AdvertisedAddress] = "127.0.0.1",
                    [Setting.SiloPort] = Ports.Next().ToString(CultureInfo.InvariantCulture),
                    [Setting.GatewayPort] = Ports.Next().ToString(CultureInfo.InvariantCulture),
                }
            )
        );
}
