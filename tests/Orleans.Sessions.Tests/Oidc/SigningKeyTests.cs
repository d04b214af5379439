using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>Keys change on a schedule, and nobody ever meets a token of a key that is not published.</summary>
public sealed class SigningKeyTests(SigningKeyTests.Cluster cluster) : IClassFixture<SigningKeyTests.Cluster>
{
    [Fact]
    public async Task A_key_is_announced_signs_and_is_published_as_long_as_its_tokens_may_live()
    {
        var options = new OidcOptions();
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);
        var first = (await keys.GetAsync()).Active;
        Assert.Empty((await keys.GetAsync()).Others);

        cluster.Clock.Advance(options.KeyLifetime - options.KeyAnnouncement);
        var announced = await keys.GetAsync();
        Assert.Equal(first.Id, announced.Active.Id);
        var second = Assert.Single(announced.Others);

        cluster.Clock.Advance(options.KeyAnnouncement);
        var taken = await keys.GetAsync();
        Assert.Equal(second.Id, taken.Active.Id);
        Assert.Equal(first.Id, Assert.Single(taken.Others).Id);

        cluster.Clock.Advance(options.KeyAfterlife);
        Assert.Empty((await keys.GetAsync()).Others);

        await keys.RotateAsync();
        var third = Assert.Single((await keys.GetAsync()).Others);
        Assert.Equal(second.Id, (await keys.GetAsync()).Active.Id);
        cluster.Clock.Advance(options.KeyAnnouncement);
        Assert.Equal(third.Id, (await keys.GetAsync()).Active.Id);
    }

    /// <summary>A cluster of its own: this test moves the clock by months.</summary>
    public sealed class Cluster() : SessionCluster(0);
}
