using Orleans.Sessions.Oidc.Logout;

namespace Orleans.Sessions.Tests.Background;

/// <summary>A client is busy while logout attempts use more than half of its share.</summary>
public sealed class ClientShareTests
{
    [Fact]
    public void A_client_is_busy_by_its_own_attempts_only()
    {
        var shares = new ClientShares(total: 10, share: 4);
        foreach (var client in new[] { "slow", "slow", "quick", "slow" })
        {
            shares.Enter(client);
        }

        Assert.Equal(["slow"], shares.Busy);
        Assert.Equal(6, shares.Room);
        Assert.False(shares.Leave("quick"));
        Assert.True(shares.Leave("slow"));
        Assert.Empty(shares.Busy);
        Assert.False(shares.Leave("slow"));
        Assert.False(shares.Leave("slow"));
        Assert.Equal(10, shares.Room);
    }
}
