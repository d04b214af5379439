using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>A logout in the browser is told to the clients of the session by frames (OpenID Connect Front-Channel Logout 1.0).</summary>
public sealed partial class FrontChannelLogoutTests(SqliteHost host) : ContractTests(host)
{
    private const string Origin = "http://localhost:5005";

    [Fact]
    public async Task The_logout_page_frames_the_address_of_each_client_of_the_session_and_goes_on()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("frontchannelLogoutUri", $"{Origin}/out?app=1"));
        var second = await RelyingParty.RegisterAsync(Admin, ("frontchannelLogoutUri", $"{Origin}/a;b,c"));
        var without = await RelyingParty.RegisterAsync(Admin);
        var elsewhere = await RelyingParty.RegisterAsync(Admin, ("frontchannelLogoutUri", $"{Origin}/elsewhere"));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var tokens = await client.SignInAsync(session);
        await second.SignInAsync(session);
        await without.SignInAsync(session);
        await elsewhere.SignInAsync(await Admin.OpenAsync(human));

        var page = await PageAsync(client, tokens.Text("id_token"));

        var issuer = Jwt.Claims(tokens.Text("id_token"))["iss"]!.GetValue<string>();
        string Told(string address) =>
            QueryHelpers.AddQueryString(address, new Dictionary<string, string?> { ["iss"] = issuer, ["sid"] = session.Id });
        Assert.Equal(
            new[] { Told($"{Origin}/out?app=1"), Told($"{Origin}/a;b,c") }.Order(StringComparer.Ordinal),
            Frames().Matches(page.Body).Select(frame => WebUtility.HtmlDecode(frame.Groups[1].Value)).Order(StringComparer.Ordinal)
        );
        Assert.Contains($"<a href=\"{RelyingParty.PostLogoutRedirectUri}?state=s-1\">", page.Body, StringComparison.Ordinal);
        var policy = page.Header("Content-Security-Policy")!.Split("; ");
        var sources = policy.Single(directive => directive.StartsWith("frame-src ", StringComparison.Ordinal)).Split(' ')[1..];
        Assert.Equal(new[] { $"{Origin}/a%3Bb%2Cc", $"{Origin}/out" }, sources.Order(StringComparer.Ordinal));
        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", string.Concat(policy), StringComparison.Ordinal);
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
    }

    [Fact]
    public async Task A_client_that_has_lost_its_address_is_not_framed()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("frontchannelLogoutUri", $"{Origin}/out"));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        await client.SignInAsync(session);
        (await Admin.DeleteAsync($"/v2/oidc/clients/{client.Id}")).Expect(200);
        var other = await RelyingParty.RegisterAsync(Admin, ("frontchannelLogoutUri", $"{Origin}/other"));
        var ending = (await other.SignInAsync(session)).Text("id_token");
        await Eventually.GetAsync(
            () => client.AuthorizeAsync(),
            reply => reply.Status == 400,
            TimeSpan.FromSeconds(5),
            "every node to know that the client is gone"
        );

        var page = await PageAsync(other, ending);

        Assert.Single(Frames().Matches(page.Body));
        Assert.Contains("/other?", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ticket=")]
    [InlineData("?ticket=AAAA")]
    [InlineData("?ticket=!")]
    [InlineData("?ticket=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYn")]
    public async Task A_ticket_that_this_service_did_not_make_leads_nowhere(string query)
    {
        var page = (await Admin.As(null).GetAsync($"/logout/applications{query}")).Expect(400);

        Assert.DoesNotContain("<", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_reads_back_what_it_registered_and_discovery_tells_of_it()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("frontchannelLogoutUri", $"{Origin}/out"),
            ("frontchannelLogoutSessionRequired", true)
        );

        var read = (await Admin.GetAsync($"/v2/oidc/clients/{client.Id}")).Expect(200);
        Assert.Equal($"{Origin}/out", read.Text("client.settings.frontchannelLogoutUri"));
        Assert.True(read["client.settings.frontchannelLogoutSessionRequired"]!.GetValue<bool>());
        var metadata = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);
        Assert.True(metadata["frontchannel_logout_supported"]!.GetValue<bool>());
        Assert.True(metadata["frontchannel_logout_session_supported"]!.GetValue<bool>());
    }

    private static async Task<Reply> PageAsync(RelyingParty client, string hint)
    {
        var end = QueryHelpers.AddQueryString(
            "/oidc/v1/end_session",
            new Dictionary<string, string?>
            {
                ["id_token_hint"] = hint,
                ["post_logout_redirect_uri"] = RelyingParty.PostLogoutRedirectUri,
                ["state"] = "s-1",
            }
        );
        var location = new Uri((await client.Anonymous.GetAsync(end)).Expect(302).Header("Location")!);
        Assert.Equal("/logout/applications", location.AbsolutePath);
        return (await client.Anonymous.GetAsync(location.PathAndQuery)).Expect(200);
    }

    [GeneratedRegex("<iframe [^>]*src=\"([^\"]*)\"")]
    private static partial Regex Frames();
}
