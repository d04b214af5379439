using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.UsedOnce;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>The records of OpenID Connect that the sweeper, which runs on one silo, deletes.</summary>
[Collection(nameof(StoredCluster))]
public sealed class PurgeTests(StoredCluster cluster)
{
    [Fact]
    public async Task The_ledger_of_logouts_is_kept_for_thirty_days_and_what_was_used_once_until_it_expires()
    {
        var user = await cluster.NewUserAsync();
        var (sessionId, token) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = StoredCluster.Password,
                },
            }
        );
        var id = RandomText.NewId();
        var client = await cluster
            .Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients)
            .CreateAsync(Caller.InCluster, new OidcClient { Id = id, RedirectUris = ["https://shop.example/"] });
        var request = cluster.Grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(id));
        await request.StartAsync(
            new AuthorizationRequest
            {
                ClientId = id,
                ClientRegisteredAt = client.CreatedAt,
                Issuer = "https://id.example.com",
                RedirectUri = "https://shop.example/",
                Scopes = ["openid"],
            }
        );
        await request.CompleteAsync(
            new RequestCompletion
            {
                Caller = Caller.InCluster,
                SessionId = sessionId,
                SessionToken = token,
                Code = OidcTokens.Create(OidcTokens.Code, id),
            }
        );
        await cluster.Session(sessionId).DeleteAsync(Caller.InCluster, null);
        var query = new LogoutQuery(ClientId: id);
        var owed = Assert.Single(await cluster.Logouts.ListAsync(query, default));
        var now = cluster.Clock.GetUtcNow();
        await cluster.Logouts.SettleAsync(owed, LogoutState.Delivered, now, LogoutOutcomes.Delivered, default);
        var used = cluster.Grains.GetGrain<IUsedOnceGrain>(0);
        Assert.True(await used.TryUseAsync(id, "a", now + TimeSpan.FromDays(1)));

        cluster.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        await cluster.SweepAsync();
        Assert.False(await used.TryUseAsync(id, "b", now + TimeSpan.FromDays(1)));
        cluster.Clock.Advance(TimeSpan.FromDays(29));
        await cluster.SweepAsync();
        Assert.True(await used.TryUseAsync(id, "c", cluster.Clock.GetUtcNow()));
        Assert.NotEmpty(await cluster.Logouts.ListAsync(query, default));
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await cluster.SweepAsync();
        Assert.Empty(await cluster.Logouts.ListAsync(query, default));
    }
}
