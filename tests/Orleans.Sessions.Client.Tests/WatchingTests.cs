using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Sessions.Client.Tests;

/// <summary>Live subscriptions from another process than the silos.</summary>
public sealed class WatchingTests(TwoSilos cluster)
{
    [Fact]
    public async Task A_session_tells_what_happens_to_it_until_it_is_terminated()
    {
        var user = await cluster.NewHumanAsync();
        var id = await cluster.NewSessionAsync(user);
        await using var watch = new Watch(cluster.Sessions.WatchSessionAsync(id));
        await watch.ReadyAsync(() => cluster.TouchAsync(id));

        await cluster.Sessions.CheckAsync(id, new Checks { Password = TwoSilos.Password });
        var factor = Assert.IsType<SessionHappening.FactorAdded>(await watch.NextAsync());
        Assert.Equal((id, user, ProvedFactor.Password), (factor.SessionId, factor.UserId, factor.Factor));
        Assert.IsType<SessionHappening.Rotated>(await watch.NextAsync());

        await cluster.Sessions.TerminateAsync(id);
        Assert.IsType<SessionHappening.Terminated>(await watch.NextAsync());
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task The_expiry_of_a_session_arrives_although_nobody_asks()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.Sessions.CreateAsync(create =>
            create with
            {
                Checks = new Checks { User = new UserCheck { UserId = user } },
                Lifetime = TimeSpan.FromSeconds(5),
            }
        );
        await using var watch = new Watch(cluster.Sessions.WatchSessionAsync(session.SessionId));

        var expired = Assert.IsType<SessionHappening.Expired>(await watch.NextAsync());

        // It takes two seconds at most where no other tests run.
        Assert.InRange(DateTimeOffset.UtcNow - expired.At, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_user_tells_of_all_sessions_those_made_later_included()
    {
        var user = await cluster.NewHumanAsync();
        var first = await cluster.NewSessionAsync(user);
        await using var watch = new Watch(cluster.Sessions.WatchUserAsync(user));
        await watch.ReadyAsync(() => cluster.TouchAsync(first));

        var second = await cluster.NewSessionAsync(user);
        Assert.Equal(second, Assert.IsType<SessionHappening.Appeared>(await watch.NextAsync()).SessionId);
        Assert.Equal(ProvedFactor.User, Assert.IsType<SessionHappening.FactorAdded>(await watch.NextAsync()).Factor);

        await cluster.Sessions.TerminateAsync(first);
        Assert.Equal(first, Assert.IsType<SessionHappening.Terminated>(await watch.NextAsync()).SessionId);
    }

    [Fact]
    public async Task The_end_of_a_session_is_told_once_also_when_it_is_ended_again()
    {
        var user = await cluster.NewHumanAsync();
        var (ended, other) = (await cluster.NewSessionAsync(user), await cluster.NewSessionAsync(user));
        using var client = await cluster.StartClientAsync(options => options.RewatchEvery = TimeSpan.FromMilliseconds(100));
        await using var watch = new Watch(client.Services.GetRequiredService<SessionClient>().WatchUserAsync(user));
        await watch.ReadyAsync(() => cluster.TouchAsync(other));

        await cluster.Sessions.TerminateAsync(ended);
        Assert.Equal(ended, Assert.IsType<SessionHappening.Terminated>(await watch.NextAsync()).SessionId);
        var next = watch.NextAsync();

        // Waits until the subscription has compared the session and dropped it.
        await Task.Delay(TimeSpan.FromSeconds(1));
        await cluster.Sessions.TerminateAsync(ended);
        await cluster.Sessions.TerminateAsync(other);

        Assert.Equal(other, Assert.IsType<SessionHappening.Terminated>(await next).SessionId);
    }
}
