namespace Orleans.Sessions.Client.Tests;

/// <summary>What a client of the cluster notices when the silos are replaced.</summary>
[Collection(typeof(Undisturbed))]
public sealed class RestartTests(TwoSilos cluster)
{
    [Fact]
    public async Task A_subscription_survives_the_restart_of_every_silo_and_misses_nothing()
    {
        var user = await cluster.NewHumanAsync();
        var (changed, ended) = (await cluster.NewSessionAsync(user), await cluster.NewSessionAsync(user));
        await using var ofUser = new Watch(cluster.Sessions.WatchUserAsync(user));
        await ofUser.ReadyAsync(() => cluster.TouchAsync(changed));

        await cluster.ReplaceSilosAsync();
        await cluster.Sessions.CheckAsync(changed, new Checks { Password = TwoSilos.Password });
        await cluster.Sessions.TerminateAsync(ended);

        var happened = new List<SessionHappening> { (await ofUser.NextAsync())!, (await ofUser.NextAsync())!, (await ofUser.NextAsync())! };
        Assert.Contains(happened, what =>
            what is SessionHappening.FactorAdded { Factor: ProvedFactor.Password } && what.SessionId == changed
        );
        Assert.Contains(happened, what => what is SessionHappening.Rotated && what.SessionId == changed);
        Assert.Contains(happened, what => what is SessionHappening.Terminated && what.SessionId == ended);
    }
}
