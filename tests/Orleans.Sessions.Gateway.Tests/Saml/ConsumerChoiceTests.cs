using Orleans.Sessions.Gateway.Saml.Endpoints;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>Which registered address gets the answer.</summary>
public sealed class ConsumerChoiceTests
{
    private const string Shared = "https://sp.example/acs";

    private static readonly AssertionConsumer s_artifact = new("https://sp.example/artifact", SamlBindingUris.Artifact, 0, IsDefault: true);
    private static readonly AssertionConsumer s_sharedArtifact = new(Shared, SamlBindingUris.Artifact, 1);
    private static readonly AssertionConsumer s_post = new(Shared, SamlBindingUris.Post, 3);
    private static readonly AssertionConsumer s_otherPost = new("https://sp.example/other", SamlBindingUris.Post, 2);

    private static readonly ServiceProvider s_provider = new()
    {
        Id = "sp",
        AssertionConsumers = [s_artifact, s_sharedArtifact, s_post, s_otherPost],
    };

    private static readonly AuthnRequestMessage s_asked = new()
    {
        Id = "_r",
        Issuer = "https://sp.example",
        IssueInstant = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void A_request_that_does_not_ask_for_an_artifact_gets_none()
    {
        Assert.Equal(s_otherPost, ConsumerChoice.Of(s_provider, s_asked));
        Assert.Equal(s_post, ConsumerChoice.Of(s_provider, s_asked with { AcsUrl = Shared }));
        Assert.Equal(s_otherPost, ConsumerChoice.Of(s_provider, address: null));
        Assert.Equal(s_post, ConsumerChoice.Of(s_provider, Shared));
        var sameIndex = s_provider with { AssertionConsumers = [s_artifact, s_post with { Index = 0 }] };
        Assert.Equal(SamlBindingUris.Post, ConsumerChoice.Of(sameIndex, s_asked with { AcsIndex = 0 })!.Binding);
    }

    [Fact]
    public void A_request_gets_an_artifact_if_its_binding_index_or_address_means_one()
    {
        var byBinding = s_asked with { ProtocolBinding = SamlBindingUris.Artifact };
        Assert.Equal(s_artifact, ConsumerChoice.Of(s_provider, byBinding));
        Assert.Equal(s_sharedArtifact, ConsumerChoice.Of(s_provider, byBinding with { AcsUrl = Shared }));
        Assert.Equal(s_sharedArtifact, ConsumerChoice.Of(s_provider, s_asked with { AcsIndex = 1 }));
        Assert.Equal(s_artifact, ConsumerChoice.Of(s_provider, s_asked with { AcsUrl = s_artifact.Location }));
        Assert.Equal(s_artifact, ConsumerChoice.Of(s_provider, s_artifact.Location));
    }

    [Fact]
    public void A_service_provider_that_takes_nothing_else_gets_an_artifact_and_the_default_goes_first()
    {
        Assert.Equal(s_artifact, ConsumerChoice.Of(s_provider with { AssertionConsumers = [s_sharedArtifact, s_artifact] }, s_asked));
        var preferred = s_post with { IsDefault = true };
        Assert.Equal(preferred, ConsumerChoice.Of(s_provider with { AssertionConsumers = [s_artifact, s_otherPost, preferred] }, s_asked));
        Assert.Null(ConsumerChoice.Of(s_provider, s_asked with { AcsUrl = "https://elsewhere.example/" }));
        Assert.Null(ConsumerChoice.Of(s_provider, s_asked with { AcsIndex = 9 }));
    }
}
