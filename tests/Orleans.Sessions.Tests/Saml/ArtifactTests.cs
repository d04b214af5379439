using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Saml;

/// <summary>How long, how often and for whom an answer waits.</summary>
[Collection(nameof(StoredCluster))]
public sealed class ArtifactTests(StoredCluster cluster)
{
    [Fact]
    public async Task An_answer_is_given_once_to_its_service_provider_and_again_to_the_same_call()
    {
        var artifact = NewArtifact();
        await artifact.KeepAsync(Answer("_first"));
        await artifact.KeepAsync(Answer("_second"));
        await cluster.ForgetAsync();

        Assert.Null(await artifact.ResolveAsync("urn:other", "a"));
        Assert.Equal("_first", (await artifact.ResolveAsync("urn:wiki", "b"))!.Request.RequestId);
        await cluster.ForgetAsync();
        Assert.Equal("_first", (await artifact.ResolveAsync("urn:wiki", "b"))!.Request.RequestId);
        Assert.Null(await artifact.ResolveAsync("urn:wiki", "c"));
    }

    [Fact]
    public async Task An_answer_waits_for_a_minute()
    {
        var (early, late) = (NewArtifact(), NewArtifact());
        await early.KeepAsync(Answer("_r"));
        await late.KeepAsync(Answer("_r"));

        cluster.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await early.ResolveAsync("urn:wiki", "a"));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await late.ResolveAsync("urn:wiki", "a"));
        Assert.Null(await NewArtifact().ResolveAsync("urn:wiki", "a"));
    }

    [Fact]
    public async Task A_login_is_given_only_while_its_session_is_alive()
    {
        var (session, login) = await SignInAsync();
        var entityId = login.Request.EntityId;
        var (early, late) = (NewArtifact(), NewArtifact());
        await early.KeepAsync(login);
        await late.KeepAsync(login);
        Assert.Equal(login.Subject, (await early.ResolveAsync(entityId, "a"))!.Subject);

        await cluster.Session(session).DeleteAsync(Caller.InCluster, null);

        Assert.Null(await early.ResolveAsync(entityId, "a"));
        Assert.Null(await late.ResolveAsync(entityId, "b"));
    }

    private async Task<(string SessionId, SamlAnswer Login)> SignInAsync()
    {
        var (id, requestId) = (NewName("sp"), $"_{RandomText.NewId()}");
        var (entityId, consumer) = ($"urn:{id}", new AssertionConsumer($"https://{id}.example/acs", SamlBindingUris.Post));
        await cluster
            .Grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders)
            .CreateAsync(
                Caller.InCluster,
                new ServiceProviderRegistration(
                    new ServiceProvider
                    {
                        Id = id,
                        EntityId = entityId,
                        AssertionConsumers = [consumer],
                    }
                )
            );
        var user = await cluster.NewUserAsync();
        var (session, token) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = StoredCluster.Password,
                },
            }
        );
        var request = cluster.Grains.GetGrain<ISamlRequestGrain>(GrainKeys.SamlRequest(SamlRequestIds.Of(entityId, requestId)));
        await request.StartAsync(
            new SamlRequest
            {
                EntityId = entityId,
                RequestId = requestId,
                Origin = "https://id.example.com",
                AssertionConsumer = consumer.Location,
                Binding = consumer.Binding,
                NameIdFormat = NameIdFormats.Persistent,
            },
            "a"
        );
        var completion = new SamlCompletion
        {
            Caller = Caller.InCluster,
            SessionId = session,
            SessionToken = token,
            Ticket = RandomText.NewSecret(),
        };
        return (session, await request.CompleteAsync(completion));
    }

    private static SamlAnswer Answer(string requestId) =>
        new()
        {
            Request = new SamlRequest
            {
                EntityId = "urn:wiki",
                RequestId = requestId,
                Origin = "https://id.example.com",
                AssertionConsumer = "https://wiki.example/acs",
                Binding = SamlBindingUris.Artifact,
                NameIdFormat = NameIdFormats.Persistent,
            },
            CompletedAt = DateTimeOffset.UnixEpoch,
            Error = "AuthnFailed",
            ResourceOwner = "instance",
        };

    private ISamlArtifactGrain NewArtifact() => cluster.Grains.GetGrain<ISamlArtifactGrain>(GrainKeys.SamlArtifact(RandomText.NewId()));
}
