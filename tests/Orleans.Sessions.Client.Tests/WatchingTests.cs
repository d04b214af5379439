using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Sessions.Client.Tests;

/// <summary>Live subscriptions from another process than the silos.</summary>
public sealed class WatchingTests(TwoSilos cluster)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_tells_what_happens_to_it_until_it_is_terminated()
    {
        var user = await cluster.NewHumanAsync();
        var id = await NewSessionAsync(user);
        await using var watch = new Watch(cluster.Sessions.WatchSessionAsync(id));
        await watch.ReadyAsync(() => TouchAsync(id));

        await cluster.Sessions.CheckAsync(id, new Checks { Password = TwoSilos.Password });
        var factor = Assert.IsType<SessionHappening.FactorAdded>(await watch.NextAsync());
        Assert.Equal((id, user, ProvedFactor.Password), (factor.SessionId, factor.UserId, factor.Factor));
        Assert.IsType<SessionHappening.Rotated>(await watch.NextAsync());

        await cluster.Sessions.TerminateAsync(id);
        Assert.IsType<SessionHappening.Terminated>(await watch.NextAsync());
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task The_expiry_of_a_session_arrives_within_two_seconds()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.Sessions.CreateAsync(create => create with
        {
            Checks = new Checks { User = new UserCheck { UserId = user } },
            Lifetime = TimeSpan.FromSeconds(3),
        });
        await using var watch = new Watch(cluster.Sessions.WatchSessionAsync(session.SessionId));

        var expired = Assert.IsType<SessionHappening.Expired>(await watch.NextAsync());

        Assert.InRange(DateTimeOffset.UtcNow - expired.At, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_user_tells_of_all_sessions_those_made_later_included()
    {
        var user = await cluster.NewHumanAsync();
        var first = await NewSessionAsync(user);
        await using var watch = new Watch(cluster.Sessions.WatchUserAsync(user));
        await watch.ReadyAsync(() => TouchAsync(first));

        var second = await NewSessionAsync(user);
        Assert.Equal(second, Assert.IsType<SessionHappening.Appeared>(await watch.NextAsync()).SessionId);
        Assert.Equal(ProvedFactor.User, Assert.IsType<SessionHappening.FactorAdded>(await watch.NextAsync()).Factor);

        await cluster.Sessions.TerminateAsync(first);
        Assert.Equal(first, Assert.IsType<SessionHappening.Terminated>(await watch.NextAsync()).SessionId);
    }

    [Fact]
    public async Task The_end_of_a_session_is_told_once_also_when_it_is_ended_again()
    {
        var user = await cluster.NewHumanAsync();
        var (ended, other) = (await NewSessionAsync(user), await NewSessionAsync(user));
        using var client = await cluster.StartClientAsync(options => options.RewatchEvery = TimeSpan.FromMilliseconds(100));
        await using var watch = new Watch(client.Services.GetRequiredService<SessionClient>().WatchUserAsync(user));
        await watch.ReadyAsync(() => TouchAsync(other));

        await cluster.Sessions.TerminateAsync(ended);
        Assert.Equal(ended, Assert.IsType<SessionHappening.Terminated>(await watch.NextAsync()).SessionId);
        var next = watch.NextAsync();

        // Waits until the subscription has compared the session and dropped it.
        await Task.Delay(TimeSpan.FromSeconds(1));
        await cluster.Sessions.TerminateAsync(ended);
        await cluster.Sessions.TerminateAsync(other);

        Assert.Equal(other, Assert.IsType<SessionHappening.Terminated>(await next).SessionId);
    }

    [Fact]
    public async Task A_subscription_survives_the_restart_of_every_silo_and_misses_nothing()
    {
        var user = await cluster.NewHumanAsync();
        var (changed, ended) = (await NewSessionAsync(user), await NewSessionAsync(user));
        await using var ofUser = new Watch(cluster.Sessions.WatchUserAsync(user));
        await ofUser.ReadyAsync(() => TouchAsync(changed));

        await cluster.ReplaceSilosAsync();
        await cluster.Sessions.CheckAsync(changed, new Checks { Password = TwoSilos.Password });
        await cluster.Sessions.TerminateAsync(ended);

        var happened = new List<SessionHappening> { (await ofUser.NextAsync())!, (await ofUser.NextAsync())!, (await ofUser.NextAsync())! };
        Assert.Contains(happened, what => what is SessionHappening.FactorAdded { Factor: ProvedFactor.Password } && what.SessionId == changed);
        Assert.Contains(happened, what => what is SessionHappening.Rotated && what.SessionId == changed);
        Assert.Contains(happened, what => what is SessionHappening.Terminated && what.SessionId == ended);
    }

    private Task<SessionChange> TouchAsync(string id) =>
        cluster.Sessions.SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(1) });

    private async Task<string> NewSessionAsync(string user) => (await cluster.Sessions.CreateAsync(create => create with
    {
        Checks = new Checks { User = new UserCheck { UserId = user } },
    })).SessionId;

    /// <summary>A subscription that is read one item at a time.</summary>
    private sealed class Watch(IAsyncEnumerable<SessionHappening> happenings) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SessionHappening> _happenings = happenings.GetAsyncEnumerator();
        private Task<bool>? _next;

        /// <summary>Makes changes until one arrives. From then on the subscription misses nothing.</summary>
        public async Task ReadyAsync(Func<Task> change)
        {
            _next = _happenings.MoveNextAsync().AsTask();
            for (var clock = Stopwatch.StartNew(); !_next.IsCompleted; await Task.WhenAny(_next, Task.Delay(200)))
            {
                Assert.True(clock.Elapsed < s_patience, "No news of any change.");
                await change();
            }

            // More changes may still be in transit.
            await Task.Delay(500);
            while (_next.IsCompleted)
            {
                Assert.IsType<SessionHappening.Rotated>(_happenings.Current);
                _next = _happenings.MoveNextAsync().AsTask();
                await Task.WhenAny(_next, Task.Delay(500));
            }
        }

        /// <summary>The next event; <c>null</c> at the end.</summary>
        public async Task<SessionHappening?> NextAsync()
        {
            _next ??= _happenings.MoveNextAsync().AsTask();
            var any = await _next.WaitAsync(s_patience);
            _next = null;
            return any ? _happenings.Current : null;
        }

        public async ValueTask DisposeAsync()
        {
            // A waiting enumerator cannot be disposed. The subscription ends with the process.
            if (_next is null)
            {
                await _happenings.DisposeAsync();
            }
        }
    }
}
