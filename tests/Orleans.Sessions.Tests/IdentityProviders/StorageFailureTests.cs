using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>The database fails in the middle of a login. A login may be lost, but a login that was used cannot be used again.</summary>
[Collection(nameof(LenientCluster))]
public sealed class StorageFailureTests(LenientCluster cluster)
{
    [Fact]
    [Asvs("16.5.3")]
    public async Task A_login_that_could_not_be_used_up_makes_no_session_and_can_be_used_later()
    {
        await using var provider = new OidcStub { Now = cluster.Clock.GetUtcNow, Subject = NewName("subject") };
        var (user, providerId, intentId, sessionId) = (
            await cluster.NewHumanAsync(),
            NewName("provider"),
            NewName("intent"),
            NewName("session")
        );
        await cluster
            .Grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance)
            .AddAsync(
                Caller.InCluster,
                providerId,
                new ProviderSettings
                {
                    Name = "Provider",
                    Issuer = provider.Issuer,
                    ClientId = OidcStub.ClientId,
                    Policy = new IdentityProviderPolicy { IsLinkingAllowed = true },
                }
            );
        await cluster.User(user).AddIdentityLinkAsync(Caller.InCluster, new IdentityLink(providerId, provider.Subject, "name"));
        var intent = cluster.Grains.GetGrain<IIntentGrain>(GrainKeys.Intent(intentId));
        var start = new StartIntent(providerId, "https://a.example.com/", "https://a.example.com/", "https://b.example.com/");
        var url = (await intent.StartAsync(Caller.InCluster, start)).AuthUrl;
        var parameters = new Uri(url)
            .Query.TrimStart('?')
            .Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        provider.Nonce = parameters["nonce"];
        var outcome = await intent.CompleteAsync(new IntentCallback { State = parameters["state"], Code = "any" });
        var command = new CreateSession
        {
            Caller = Caller.InCluster,
            Checks = new Checks
            {
                User = new UserCheck { UserId = user },
                Intent = new IntentCheck(intentId, outcome.Token!),
            },
        };

        cluster.Store.WritesUntilFailure = 0;
        await FailsAsync(SessionErrors.StorageAway, () => cluster.Session(sessionId).CreateAsync(command));
        Assert.Null(cluster.Store.Session(sessionId));
        await cluster.Session(sessionId).CreateAsync(command);
        Assert.NotNull(cluster.Store.Session(sessionId)!.ProvedAt(ProvedFactor.Intent));

        await FailsAsync(SessionErrors.IntentNotSucceeded, () => cluster.Session(NewName("session")).CreateAsync(command));
    }
}
