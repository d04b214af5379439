using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.TestingHost;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>Two silos in this process over one real SQLite file, with a clock that tests move.</summary>
public sealed class StoredCluster : IAsyncLifetime
{
    public const string Password = SessionCluster.Password;
    public const string TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan EventRetention = TimeSpan.FromDays(2);

    private readonly string _data = Directory.CreateTempSubdirectory("sessions-").FullName;
    private InProcessTestCluster _cluster = null!;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IGrainFactory Grains => _cluster.Client;

    public INotificationOutbox Outbox => _cluster.Silos[0].ServiceProvider.GetRequiredService<INotificationOutbox>();

    public ILogoutOutbox Logouts => _cluster.Silos[0].ServiceProvider.GetRequiredService<ILogoutOutbox>();

    public IUsedOnceStore UsedOnce => _cluster.Silos[0].ServiceProvider.GetRequiredService<IUsedOnceStore>();

    internal Notifier Notifier => _cluster.Silos[0].ServiceProvider.GetRequiredService<Notifier>();

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Sessions:Passwords:Argon2MemoryKiB"] = "8192",
                    ["Sessions:Passwords:Argon2Passes"] = "1",
                    ["Sessions:Tokens:Grace"] = $"{Grace}",
                    ["Sessions:Audit:Retention"] = $"{EventRetention}",
                    ["Sessions:Expiry:Share"] = "100",
                    ["Sessions:Notifications:EmailWebhook:Url"] = "https://email.example.com",
                }
            )
            .Build();
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddSingleton<TimeProvider>(Clock);
                silo.Services.AddSessionGrains(configuration, _ => new byte[32]);
                silo.AddSessionStorage(new StorageOptions { DataPath = _data });
            }
        );
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        foreach (var silo in _cluster.Silos)
        {
            silo.ServiceProvider.GetRequiredService<InstanceAccessor>().Identity = new InstanceIdentity(
                "instance-1",
                SessionCluster.OrganizationId
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        Directory.Delete(_data, recursive: true);
    }

    public ISessionGrain Session(string id) => Grains.GetGrain<ISessionGrain>(GrainKeys.Session(id));

    public IUserGrain User(string id) => Grains.GetGrain<IUserGrain>(GrainKeys.User(id));

    /// <summary>A user with a password and an authenticator app.</summary>
    public async Task<string> NewUserAsync()
    {
        var id = SessionCluster.NewName();
        await User(id).CreateAsync(SessionCluster.NewHuman(id, human => human with { TotpSecret = TotpSecret }) with { UserName = id });
        return id;
    }

    /// <summary>A session with its first token.</summary>
    public async Task<(string Id, string Token)> NewSessionAsync(Func<CreateSession, CreateSession>? with = null)
    {
        var id = SessionCluster.NewName("session");
        var command = new CreateSession { Caller = Caller.InCluster };
        var change = await Session(id).CreateAsync(with is null ? command : with(command));
        return (id, change.Token!);
    }

    public Task<SessionChange> SetAsync(string id, Func<SetSession, SetSession>? with = null)
    {
        var command = new SetSession { Caller = Caller.InCluster };
        return Session(id).SetAsync(with is null ? command : with(command));
    }

    public Task<SessionView> GetAsync(string id, string? token = null) => Session(id).GetAsync(Caller.InCluster, token);

    /// <summary>The session as stored in the database, read without a grain.</summary>
    internal async Task<SessionRecord?> StoredAsync(string id)
    {
        var services = _cluster.Silos[0].ServiceProvider;
        var page = await services
            .GetRequiredService<ISessionDirectory>()
            .SearchAsync(new SessionQuery { Filters = [new SessionFilter.Ids([id])] }, new Visibility { Everything = true }, default);
        return page.Rows is [var row] ? services.GetRequiredService<StateSerializer>().Deserialize<SessionRecord>(row.Payload.Span) : null;
    }

    /// <summary>Removes all grains from memory, as a restart does.</summary>
    public Task ForgetAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public Task SweepAsync() => Grains.GetGrain<ISweeperGrain>(0).SweepAsync();

    public string Totp() => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(TotpSecret)).ComputeTotp(Clock.GetUtcNow().UtcDateTime);
}

[CollectionDefinition(nameof(StoredCluster))]
public sealed class StoredClusterCollection : ICollectionFixture<StoredCluster>;
