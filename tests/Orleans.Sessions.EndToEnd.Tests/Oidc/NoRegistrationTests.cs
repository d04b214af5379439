using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>By default, applications cannot register themselves.</summary>
public sealed class NoRegistrationTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task The_endpoint_does_not_exist()
    {
        var token = (await Admin.PostAsync("/v2/oidc/initial_access_tokens")).Expect(201).Text("token");

        (await Admin.As(token).PostAsync("/oauth/v2/register", new { redirect_uris = new[] { RelyingParty.RedirectUri } })).Expect(404);
        Assert.False((await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200).Has("registration_endpoint"));
    }
}
