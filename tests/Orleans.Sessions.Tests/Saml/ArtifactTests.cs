using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

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
