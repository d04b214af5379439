using System.Collections.Immutable;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Tests.Audit;

[Collection(nameof(StoredCluster))]
public sealed class RetentionTests(StoredCluster cluster)
{
    [Fact]
    public async Task Events_are_kept_as_long_as_configured_and_no_longer()
    {
        var user = await cluster.NewUserAsync();
        Assert.NotEmpty(await EventsAsync());

        cluster.Clock.Advance(StoredCluster.EventRetention - TimeSpan.FromMinutes(2));
        await cluster.SweepAsync();
        Assert.NotEmpty(await EventsAsync());

        cluster.Clock.Advance(TimeSpan.FromMinutes(4));
        await cluster.SweepAsync();
        Assert.Empty(await EventsAsync());

        Task<ImmutableArray<AuditRow>> EventsAsync() =>
            cluster.Grains.GetGrain<IAuditGrain>(0).SearchAsync(Caller.InCluster, new AuditQuery { TargetId = user, Limit = 10 });
    }
}
