using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>How requests may be written, and what clients hear of those that are not good.</summary>
public sealed class RequestShapes(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task Userinfo_may_be_posted_with_the_token_in_the_header_and_no_body()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var tokens = await client.SignInAsync(await Admin.OpenAsync(human));

        var reply = await Admin.As(tokens.Text("access_token")).SendAsync(HttpMethod.Post, "/oidc/v1/userinfo", content: null);

        Assert.Equal(human.Id, reply.Expect(200).Text("sub"));
    }
}
