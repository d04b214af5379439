using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Addresses;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Logout;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Background;

/// <summary>
/// Only the host's stop ends a silo's background work. The work continues, whatever error a call to a dying node or a database returns.
/// </summary>
public sealed class BackgroundWorkTests
{
    private static readonly AtOnce s_atOnce = new();

    public static TheoryData<Exception> Failures =>
        [new OperationCanceledException(), new InvalidOperationException(), new StoreUnavailableException("away", new TimeoutException())];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Sweeping_goes_on(Exception failure)
    {
        var work = new Work(failure);
        var grains = OneGrain.Factory(StandIn.For<ISweeperGrain>((_, _) => work.DoAsync(0)));

        using var service = new SweeperService(grains, Options.Create(new SessionOptions()), s_atOnce, NullLogger<SweeperService>.Instance);
        await work.EnsureGoesOnAsync(service);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Looking_for_logouts_goes_on(Exception failure)
    {
        var work = new Work(failure);
        var outbox = StandIn.For<ILogoutOutbox>((_, _) => work.DoAsync<IReadOnlyList<LogoutEntry>>([]));
        var clients = new ClientCache(
            StandIn.For<IGrainFactory>((_, _) => throw failure),
            new FakeTimeProvider(),
            NullLogger<ClientCache>.Instance
        );

        using var service = new LogoutService(
            outbox,
            clients,
            new SecretProtector(new byte[SecretProtector.KeyBytes]),
            Options.Create(new LogoutOptions()),
            TestEgress.Http(),
            s_atOnce,
            NullLogger<LogoutService>.Instance
        );
        await work.EnsureGoesOnAsync(service);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Keeping_a_copy_of_the_clients_goes_on(Exception failure)
    {
        var work = new Work(failure);
        var clients = new ClientCache(
            OneGrain.Factory(StandIn.For<IOidcClientsGrain>((_, _) => work.DoAsync<ClientRegistry?>(null))),
            s_atOnce,
            NullLogger<ClientCache>.Instance
        );
        using var stop = new CancellationTokenSource();

        var keeping = clients.KeepAsync(stop.Token);
        await work.EnsureDoneAgainAsync();
        await stop.CancelAsync();
        work.Finish();
        await keeping.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Looking_for_messages_goes_on(Exception failure)
    {
        var work = new Work(failure);
        var outbox = StandIn.For<INotificationOutbox>((_, _) => work.DoAsync<IReadOnlyList<PendingNotification>>([]));
        await using var services = Notifications(outbox);

        using var worker = new NotificationWorker(
            services,
            outbox,
            services.GetRequiredService<IOptions<NotificationOptions>>(),
            s_atOnce,
            NullLogger<NotificationDelivery>.Instance
        );
        await work.EnsureGoesOnAsync(worker);
    }

    private static ServiceProvider Notifications(INotificationOutbox outbox) =>
        new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddOptions()
            .AddSingleton<TimeProvider>(s_atOnce)
            .AddSingleton(outbox)
            .AddSingleton(new SecretProtector(new byte[32]))
            .AddSingleton<ReturnAddresses>()
            .AddSingleton<Notifier>()
            .AddSingleton<NotificationTexts>()
            .AddSingleton<NotificationRenderer>()
            .AddSingleton<NotificationMeter>()
            .AddSingleton<NotificationDelivery>()
            .BuildServiceProvider();

    /// <summary>Work that fails at first. Later runs wait until they may finish, so that nothing runs more than twice.</summary>
    private sealed class Work(Exception failure)
    {
        private readonly TaskCompletionSource _again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _calls;

        public async Task<T> DoAsync<T>(T result)
        {
            if (Interlocked.Increment(ref _calls) == 1)
            {
                throw failure;
            }

            _again.TrySetResult();
            await _finish.Task;
            return result;
        }

        public Task EnsureDoneAgainAsync() => _again.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        public void Finish() => _finish.TrySetResult();

        public async Task EnsureGoesOnAsync(BackgroundService service)
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
            await EnsureDoneAgainAsync();
            var stopped = service.StopAsync(CancellationToken.None);
            Finish();
            await stopped.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
        }
    }
}
