using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Orleans.Runtime;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Calls;

/// <summary>Calls whose answer is late, and the information of grains about how long their caller waits.</summary>
public sealed class LateAnswerTests : IAsyncLifetime
{
    private static readonly object s_metadata = new { metadata = new { a = "AQ==" } };
    private static readonly object s_code = new { checks = new { totp = new { code = "123456" } } };

    private readonly List<TimeSpan> _waits = [];
    private Func<Exception?> _failure = () => null;
    private GatewayServer? _server;
    private int _calls;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() =>
        _server = await GatewayServer.StartAsync(_ =>
        {
            _calls++;
            _waits.Add(CallDeadline.Current(TimeProvider.System).Left);
            return _failure() is { } failure ? Task.FromException(failure) : Task.CompletedTask;
        });

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task A_call_that_may_still_judge_a_factor_is_not_repeated()
    {
        _failure = () => new TimeoutException();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PatchAsync(s_code));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_call_that_no_node_took_is_repeated_whatever_it_does()
    {
        _failure = () => _calls < 3 ? new SiloUnavailableException() : null;
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(s_code));
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task A_change_that_its_session_recognises_is_repeated_when_the_answer_is_late()
    {
        _failure = () => _calls < 2 ? new TimeoutException() : null;
        Assert.Equal(HttpStatusCode.OK, await PatchAsync(s_metadata));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task The_clients_deadline_reaches_the_grain()
    {
        var deadline = DateTime.UtcNow.AddSeconds(4);
        await new SessionService.SessionServiceClient(Server.Channel()).SetSessionAsync(
            new SetSessionRequest
            {
                SessionId = "a",
                Checks = new Protocol.SessionV2.Checks { Totp = new CheckTOTP { Code = "123456" } },
            },
            new CallMetadata { { "authorization", $"Bearer {GatewayServer.Token}" } },
            deadline
        );
        Assert.InRange(Assert.Single(_waits), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_client_that_does_not_say_waits_as_long_as_the_server_thinks()
    {
        await PatchAsync(s_code);
        Assert.InRange(Assert.Single(_waits), CallDeadline.Default / 2, CallDeadline.Default);
    }

    [Fact]
    public async Task The_grain_hears_that_the_client_has_gone_away()
    {
        var (gate, canceled) = (new Gate(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var server = await GatewayServer.StartAsync(id =>
        {
            if (id != StandInGrains.Canceled)
            {
                return gate.PassAsync(id);
            }

            canceled.SetResult();
            return Task.CompletedTask;
        });
        using var patience = new CancellationTokenSource();
        var call = server.Http().PatchAsJsonAsync("/v2/sessions/a", s_code, patience.Token);
        await gate.Entered;

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await canceled.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        gate.Open();
    }

    private async Task<HttpStatusCode> PatchAsync(object body)
    {
        using var response = await Server.Http().PatchAsJsonAsync("/v2/sessions/a", body, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
