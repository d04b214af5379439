using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Logout;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>A client that cannot be reached is notified again, at growing intervals, until the service gives up.</summary>
public sealed class LogoutAttemptTests
{
    private static readonly SecretProtector s_secrets = new(new byte[SecretProtector.KeyBytes]);
    private static readonly LogoutEntry s_owed = new()
    {
        Id = 1,
        SessionId = "s",
        UserId = "u",
        ClientId = "shop",
        Issuer = "https://id.example.com",
        Reason = "Deleted",
        EndedAt = DateTimeOffset.UnixEpoch,
        State = LogoutState.Pending,
        Attempts = 0,
        At = DateTimeOffset.UnixEpoch,
        Outcome = null,
    };

    [Fact]
    public async Task After_all_attempts_the_ledger_says_failed()
    {
        var clock = new AtOnce();
        var due = Channel.CreateUnbounded<LogoutEntry>();
        var settled = Channel.CreateUnbounded<(LogoutState State, TimeSpan Pause, string Outcome)>();
        var outbox = StandIn.For<ILogoutOutbox>(
            (method, args) =>
                method.Name switch
                {
                    nameof(ILogoutOutbox.TakeAsync) => TakeAsync((CancellationToken)args[^1]!),
                    nameof(ILogoutOutbox.SettleAsync) => settled
                        .Writer.WriteAsync(((LogoutState)args[1]!, (DateTimeOffset)args[2]! - clock.GetUtcNow(), (string)args[3]!))
                        .AsTask(),
                    _ => throw new NotSupportedException(method.Name),
                }
        );
        using var service = new LogoutService(
            outbox,
            Clients(),
            s_secrets,
            Options.Create(new LogoutOptions { Attempts = 4 }),
            TestEgress.Http(),
            clock,
            NullLogger<LogoutService>.Instance
        );
        await service.StartAsync(TestContext.Current.CancellationToken);

        List<(LogoutState State, double Seconds, string Outcome)> attempts = [];
        for (var attempt = 0; attempt == 0 || attempts[^1].State == LogoutState.Pending; attempt++)
        {
            await due.Writer.WriteAsync(s_owed with { Attempts = attempt }, TestContext.Current.CancellationToken);
            var (state, pause, outcome) = await settled.Reader.ReadAsync(TestContext.Current.CancellationToken);
            attempts.Add((state, pause.TotalSeconds, outcome));
        }

        await service.StopAsync(TestContext.Current.CancellationToken);
        const string Refused = LogoutOutcomes.Unreachable;
        Assert.Equal(
            [
                (LogoutState.Pending, 1, Refused),
                (LogoutState.Pending, 4, Refused),
                (LogoutState.Pending, 16, Refused),
                (LogoutState.Failed, 0, Refused),
            ],
            attempts
        );

        async Task<IReadOnlyList<LogoutEntry>> TakeAsync(CancellationToken cancellationToken) =>
            [await due.Reader.ReadAsync(cancellationToken)];
    }

    /// <summary>
    /// More details would show to anyone who registers clients which addresses in the service's internal network accept connections.
    /// </summary>
    [Theory]
    [InlineData(200, true, LogoutOutcomes.Delivered)]
    [InlineData(204, true, LogoutOutcomes.Delivered)]
    [InlineData(302, true, LogoutOutcomes.Rejected)]
    [InlineData(418, true, LogoutOutcomes.Rejected)]
    [InlineData(500, true, LogoutOutcomes.Rejected)]
    [InlineData(200, false, LogoutOutcomes.Unreachable)]
    public async Task The_ledger_tells_how_it_went_and_no_more(int status, bool isAllowed, string expected)
    {
        await using var receiver = new OidcStub();
        receiver.Instead = (_, response) =>
        {
            response.StatusCode = status;
            return Task.FromResult(true);
        };
        var settled = new TaskCompletionSource<string>();
        var taken = 0;
        var outbox = StandIn.For<ILogoutOutbox>(
            (method, args) =>
                method.Name switch
                {
                    nameof(ILogoutOutbox.TakeAsync) => Task.FromResult<IReadOnlyList<LogoutEntry>>(
                        Interlocked.Increment(ref taken) == 1 ? [s_owed] : []
                    ),
                    nameof(ILogoutOutbox.SettleAsync) => Task.FromResult(settled.TrySetResult((string)args[3]!)),
                    _ => throw new NotSupportedException(method.Name),
                }
        );
        using var service = new LogoutService(
            outbox,
            Clients($"{receiver.Issuer}/logout"),
            s_secrets,
            Options.Create(new LogoutOptions()),
            TestEgress.Http(("Egress:AllowLoopback", $"{isAllowed}")),
            TimeProvider.System,
            NullLogger<LogoutService>.Instance
        );
        await service.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, await settled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(isAllowed ? ["/logout"] : [], receiver.Asked);
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>One client. By default nobody listens at its address.</summary>
    private static ClientCache Clients(string address = "http://127.0.0.1:1/")
    {
        using var rsa = RSA.Create(2048);
        var client = new OidcClient { Id = "shop", BackChannelLogoutUri = address };
        var keys = new SigningKeySet(
            new SigningKey("k", [.. s_secrets.Protect(rsa.ExportPkcs8PrivateKey(), SigningKey.Purpose("k"))]),
            [],
            []
        );
        var registry = StandIn.For<IOidcClientsGrain>(
            (method, _) =>
                method.Name == nameof(IOidcClientsGrain.FindAsync)
                    ? Task.FromResult<OidcClient?>(client)
                    : Task.FromResult<ClientRegistry?>(new ClientRegistry(Guid.NewGuid(), [client]))
        );
        var signingKeys = StandIn.For<ISigningKeysGrain>((_, _) => Task.FromResult(keys));
        var grains = StandIn.For<IGrainFactory>((method, _) => method.ReturnType == typeof(IOidcClientsGrain) ? registry : signingKeys);
        return new ClientCache(grains, new FakeTimeProvider(), NullLogger<ClientCache>.Instance);
    }
}
