using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>The codes of OAuth for errors of grains, which may run on a node of another version.</summary>
public sealed class OAuthErrorTests
{
    [Fact]
    public void The_text_of_another_version_has_the_same_code()
    {
        var error = SessionErrors.LinkFactorMissing;

        Assert.NotNull(OAuthErrors.Of(error));
        Assert.Equal(OAuthErrors.Of(error), OAuthErrors.Of(error with { Text = "in other words" }));
    }

    [Fact]
    public void What_the_caller_did_not_cause_has_no_code() => Assert.Null(OAuthErrors.Of(SessionErrors.StorageAway));
}
