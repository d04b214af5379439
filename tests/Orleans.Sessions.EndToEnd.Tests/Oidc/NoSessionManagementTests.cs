using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>By default, browsers get no cookie of this service, and nobody watches them.</summary>
public sealed class NoSessionManagementTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task The_page_does_not_exist_and_answers_go_straight_to_the_application()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var requestId = await client.RequestAsync();

        var done = await client.CompleteAsync(requestId, await Admin.OpenAsync(await Admin.NewHumanAsync()));

        Assert.StartsWith($"{RelyingParty.RedirectUri}?code=", done.Expect(200).Text("callbackUrl"), StringComparison.Ordinal);
        Assert.DoesNotContain("session_state", done.Text("callbackUrl"), StringComparison.Ordinal);
        (await Admin.As(null).GetAsync("/oidc/v1/check_session")).Expect(404);
        Assert.False((await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200).Has("check_session_iframe"));
    }
}
