using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Logout;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Background;

/// <summary>One part of the sweep does not delay another part.</summary>
public sealed class SweeperTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<string> _done = [];
    private readonly TaskCompletionSource _ending = new();
    private string? _failing;
    private string[] _endingUsers = [];
    private string[] _expired = [];
    private string[] _late = [];
    private int _share = 100;
    private int _expiring;
    private readonly Dictionary<string, int> _toPurge = [];

    [Fact]
    public Task A_long_ending_is_begun_once_and_keeps_no_sweep_waiting() =>
        InAGrain(async () =>
        {
            _endingUsers = ["u-1"];
            var sweeper = Sweeper();

            await sweeper.SweepAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
            _endingUsers = ["u-1", "u-2"];
            await sweeper.SweepAsync();

            Assert.Equal(2, _done.Count(call => call == "EndingSessionsAsync"));
            Assert.Equal(2, Begun());
            _ending.SetResult();
            for (var sweeps = 0; Begun() == 2 && sweeps < 100; sweeps++)
            {
                await Task.Yield();
                _clock.Advance(TimeSpan.FromSeconds(1));
                await sweeper.SweepAsync();
            }

            Assert.NotEqual(2, Begun());

            int Begun() => _done.Count(call => call == nameof(IUserFactors.ResumeEndingSessionsAsync));
        });

    [Fact]
    public Task A_clock_that_was_set_back_does_not_stop_the_sweeps() =>
        InAGrain(async () =>
        {
            var sweeper = Sweeper();
            await sweeper.SweepAsync();
            _clock.AdjustTime(_clock.GetUtcNow() - TimeSpan.FromDays(1));

            await sweeper.SweepAsync();

            Assert.Equal(2, _done.Count(call => call == "EndingSessionsAsync"));
            Assert.Equal(2, _done.Count(call => call == "PurgeEventsAsync"));
        });

    [Fact]
    public Task Sessions_that_expired_together_take_turns_and_keep_no_sweep_waiting() =>
        InAGrain(async () =>
        {
            _expired = [.. Enumerable.Range(0, 30).Select(i => $"{i}")];
            var sweep = Sweeper().SweepAsync();
            Assert.Equal(ExpiryTurns.AtOnce, _expiring);

            _clock.Advance(TimeSpan.FromSeconds(2));
            await sweep.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

            Assert.Contains("EndingSessionsAsync", _done);
            Assert.Equal(ExpiryTurns.AtOnce, _expiring);
            _ending.SetResult();
            for (var yields = 0; _expiring < 30 && yields < 1000; yields++)
            {
                await Task.Yield();
            }

            Assert.Equal(30, _expiring);
        });

    [Fact]
    public Task What_is_very_late_is_published_without_rests() =>
        InAGrain(async () =>
        {
            _late = [.. Enumerable.Range(0, 30).Select(i => $"{i}")];
            _share = 1;
            var sweep = Sweeper().SweepAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));

            _ending.SetResult();
            await sweep.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

            Assert.Equal(30, _expiring);
        });

    [Theory]
    [InlineData("ExpiredAsync")]
    [InlineData("EndingSessionsAsync")]
    [InlineData("StrayAsync")]
    [InlineData("PurgeEventsAsync")]
    [InlineData("PurgeAuthorizationsAsync")]
    public async Task What_fails_keeps_nothing_else_from_being_done(string failing)
    {
        var sweeper = Sweeper();
        await sweeper.SweepAsync();
        var all = _done.ToList();
        _done.Clear();
        _failing = failing;

        _clock.Advance(TimeSpan.FromMinutes(1));
        await sweeper.SweepAsync();

        Assert.Contains(failing, all);
        Assert.Equal(all.Distinct(), _done.Distinct());
    }

    [Fact]
    public async Task What_is_left_of_a_purge_does_not_wait_for_the_next_one()
    {
        const string Purge = "PurgeAuthorizationsAsync";
        var sweeper = Sweeper();
        _toPurge[Purge] = 200 * 60;
        foreach (var left in new[] { 35, 10, 0 })
        {
            await sweeper.SweepAsync();
            Assert.Equal(200 * left, _toPurge[Purge]);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _done.Clear();
        await sweeper.SweepAsync();
        Assert.DoesNotContain(Purge, _done);
    }

    /// <summary>Runs a test with one task at a time, as a grain does.</summary>
    private static Task InAGrain(Func<Task> test) =>
        Task
            .Factory.StartNew(
                test,
                CancellationToken.None,
                TaskCreationOptions.None,
                new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler
            )
            .Unwrap();

    private SweeperGrain Sweeper() =>
        new(
            StandIn.For<IGrainFactory>(
                (method, _) =>
                    method.ReturnType == typeof(IUserFactors) ? StandIn.For<IUserFactors>((call, _) => Long(call.Name))
                    : method.ReturnType == typeof(ISessionLifecycle) ? StandIn.For<ISessionLifecycle>((_, _) => Expire())
                    : throw new NotSupportedException()
            ),
            Found<ISessionDirectory>(),
            Found<IUserDirectory>(),
            Found<IIntentDirectory>(),
            Found<ILogoutOutbox>(),
            Found<IUsedOnceStore>(),
            Found<ISamlLoginDirectory>(),
            Found<IAuditStore>(),
            Options.Create(new AuditOptions()),
            Options.Create(new SessionOptions()),
            Options.Create(new LogoutOptions()),
            new ExpiryTurns(Options.Create(new SessionOptions { Expiry = new() { Share = _share } }), _clock),
            _clock,
            NullLogger<SweeperGrain>.Instance
        );

    private Task Long(string call)
    {
        _done.Add(call);
        return _ending.Task;
    }

    private Task Expire()
    {
        _expiring++;
        return _ending.Task;
    }

    private int PurgeBatch(string what)
    {
        var batch = Math.Min(200, _toPurge.GetValueOrDefault(what));
        _toPurge[what] = _toPurge.GetValueOrDefault(what) - batch;
        return batch;
    }

    private T Found<T>()
        where T : class =>
        StandIn.For<T>(
            (method, arguments) =>
            {
                _done.Add(method.Name);
                return method.Name == _failing ? throw new StoreUnavailableException("away", new TimeoutException())
                    : method.ReturnType == typeof(Task<int>) ? Task.FromResult(PurgeBatch(method.Name))
                    : Task.FromResult<IReadOnlyList<string>>(
                        method.Name switch
                        {
                            "EndingSessionsAsync" => _endingUsers,
                            "ExpiredAsync" => arguments[0] is DateTimeOffset until && until < _clock.GetUtcNow().AddMinutes(-5)
                                ? _late
                                : _expired,
                            _ => [],
                        }
                    );
            }
        );
}
