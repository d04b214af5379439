using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>A client that registered itself gets the scopes of OpenID Connect, and what an administrator adds.</summary>
public sealed class SelfRegisteredScopeTests
{
    private const string Metadata = "urn:zitadel:iam:user:metadata";

    private static readonly string[] s_asked = ["openid", "email", "offline_access", Metadata, OidcScopes.AllRoles, OidcScopes.ApiAudience];

    private static readonly OidcClient s_stranger = new() { Id = "stranger", RegistrationTokenHash = [1] };

    [Fact]
    public void It_gets_no_scope_of_this_service_by_itself()
    {
        Assert.Equal(["openid", "email", "offline_access"], OidcScopes.Grant(s_asked, s_stranger, mayRefresh: true));
        Assert.Equal(["openid", "email", "offline_access"], OidcScopes.Within([.. s_asked], s_stranger));
    }

    [Fact]
    public void It_gets_those_that_an_administrator_adds()
    {
        var known = s_stranger with { Scopes = [Metadata] };

        Assert.Equal(["openid", "email", "offline_access", Metadata], OidcScopes.Grant(s_asked, known, mayRefresh: true));
    }

    [Fact]
    public void A_client_of_an_administrator_gets_them_as_before()
    {
        var client = s_stranger with { RegistrationTokenHash = null };

        Assert.Equal([.. s_asked.SkipLast(1)], OidcScopes.Grant(s_asked, client, mayRefresh: true));
    }
}
