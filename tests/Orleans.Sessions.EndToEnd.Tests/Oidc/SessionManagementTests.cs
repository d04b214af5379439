using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Applications watch in the browser whether the person is still signed in (OpenID Connect Session Management 1.0).</summary>
public sealed class SessionManagementTests(Chromium chromium, WatchingHost watching) : IClassFixture<WatchingHost>
{
    private const string CheckSession = "/oidc/v1/check_session";

    private Api Admin => watching.Api;

    private string Issuer => Admin.Host.Address.GetLeftPart(UriPartial.Authority);

    private string HostName => Admin.Host.Address.Host;

    [Fact]
    public async Task An_application_hears_of_another_login_and_of_the_logout()
    {
        await using var site = await WatchingSite.StartAsync();
        var address = site.At(HostName, "/signin");
        var client = await RelyingParty.RegisterAsync(Admin, ("redirectUris", new[] { address }));
        var human = await Admin.NewHumanAsync();
        var first = await Admin.OpenAsync(human);
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();
        async Task<Dictionary<string, string>> LogInAsync(OpenSession session)
        {
            await page.GotoAsync(await CallbackAsync(client, session, ("redirect_uri", address)));
            Assert.StartsWith($"{address}?", page.Url, StringComparison.Ordinal);
            return RelyingParty.QueryOf(new Uri(page.Url));
        }

        Task<string> AskAsync(string question) => WatchingSite.AskAsync(page, $"{Issuer}{CheckSession}", question);

        var login = await LogInAsync(first);
        var known = $"{client.Id} {login["session_state"]}";
        Assert.Equal("unchanged", await AskAsync(known));
        Assert.Equal("changed", await AskAsync($"somebody {login["session_state"]}"));
        Assert.Equal("changed", await AskAsync($"{client.Id} {new string('0', 64)}.salt"));
        foreach (var nonsense in new[] { "", "x", client.Id, $"{client.Id} nothing", $"{known} more", new string('a', 2000) })
        {
            Assert.Equal("error", await AskAsync(nonsense));
        }

        var again = await LogInAsync(first);
        Assert.NotEqual(login["session_state"], again["session_state"]);
        Assert.Equal("unchanged", await AskAsync(known));

        var second = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var other = await LogInAsync(second);
        Assert.Equal("changed", await AskAsync(known));
        Assert.Equal("unchanged", await AskAsync($"{client.Id} {other["session_state"]}"));

        var tokens = (await client.RedeemAsync(other["code"], redirectUri: address)).Expect(200);
        await page.GotoAsync(QueryHelpers.AddQueryString($"{Issuer}/oidc/v1/end_session", "id_token_hint", tokens.Text("id_token")));
        await page.GotoAsync(address);
        Assert.Equal("changed", await AskAsync($"{client.Id} {other["session_state"]}"));
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_ask_in_the_name_of_the_application()
    {
        await using var site = await WatchingSite.StartAsync();
        await using var other = await WatchingSite.StartAsync();
        var address = site.At(HostName, "/signin");
        var client = await RelyingParty.RegisterAsync(Admin, ("redirectUris", new[] { address }));
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(await CallbackAsync(client, await Admin.OpenAsync(await Admin.NewHumanAsync()), ("redirect_uri", address)));
        var known = $"{client.Id} {RelyingParty.QueryOf(new Uri(page.Url))["session_state"]}";

        await page.GotoAsync(other.At(HostName));

        Assert.Equal("changed", await WatchingSite.AskAsync(page, $"{Issuer}{CheckSession}", known));
    }

    [Fact]
    public async Task Where_the_browser_hides_the_cookie_the_answer_is_an_error()
    {
        await using var site = await WatchingSite.StartAsync();
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        // A page without TLS that is not on this machine: browsers give its frames neither cookies of others nor cryptography.
        await page.GotoAsync(site.At("shop.test"));

        Assert.Equal("error", await WatchingSite.AskAsync(page, $"{Issuer}{CheckSession}", $"shop {new string('0', 64)}.salt"));
    }

    [Fact]
    public async Task The_page_may_be_framed_and_read_by_no_script_of_another_site()
    {
        var metadata = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);
        Assert.Equal($"{Issuer}{CheckSession}", metadata.Text("check_session_iframe"));

        var page = (await Admin.As(null).With("Origin", "https://shop.example").GetAsync(CheckSession)).Expect(200);

        var policy = page.Header("Content-Security-Policy")!;
        Assert.Null(page.Header("X-Frame-Options"));
        Assert.Null(page.Header("Access-Control-Allow-Origin"));
        Assert.Null(page.Header("Set-Cookie"));
        Assert.DoesNotContain("frame-ancestors", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        var preflight = await Admin
            .As(null)
            .With("Origin", "https://shop.example")
            .With("Access-Control-Request-Method", "GET")
            .SendAsync(HttpMethod.Options, CheckSession, content: null);
        Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Every_answer_has_the_state_errors_too()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());

        var posted = await AnswerAsync(client, await CallbackAsync(client, session, ("response_mode", "form_post")));
        Assert.Contains("name=\"session_state\" value=\"", posted.Expect(200).Body, StringComparison.Ordinal);

        var inFragment = await AnswerAsync(client, await CallbackAsync(client, session, ("response_mode", "fragment")));
        Assert.True(RelyingParty.FragmentOf(new Uri(inFragment.Expect(302).Header("Location")!)).ContainsKey("session_state"));

        var requestId = await client.RequestAsync(("prompt", "none"));
        var refused = await client.CompleteAsync(requestId, new { error = new { error = "ERROR_REASON_LOGIN_REQUIRED" } });
        var answer = (await AnswerAsync(client, refused.Expect(200).Text("callbackUrl"))).Expect(302);
        Assert.Null(answer.Header("Set-Cookie"));
        var told = RelyingParty.QueryOf(new Uri(answer.Header("Location")!));
        Assert.Equal(("login_required", "state-1"), (told["error"], told["state"]));
        Assert.True(told.ContainsKey("session_state"));

        var unsupported = (await client.AuthorizeAsync(("max_age", "-1"))).Expect(302);
        Assert.True(RelyingParty.QueryOf(new Uri(unsupported.Header("Location")!)).ContainsKey("session_state"));
    }

    [Fact]
    public async Task Who_does_not_ask_for_openid_or_has_no_origin_goes_straight_back()
    {
        var app = await RelyingParty.RegisterPublicAsync(Admin, ("redirectUris", new[] { "com.example.app:/signin" }));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());

        var native = await CallbackAsync(app, session, [("redirect_uri", "com.example.app:/signin"), .. Pkce.Create().Challenge]);
        Assert.StartsWith("com.example.app:/signin?code=", native, StringComparison.Ordinal);
        Assert.DoesNotContain("session_state", native, StringComparison.Ordinal);
        var plain = await CallbackAsync(await RelyingParty.RegisterAsync(Admin), session, ("scope", "profile"));
        Assert.StartsWith($"{RelyingParty.RedirectUri}?code=", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("session_state", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_back_works_until_the_code_is_used()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var callback = await CallbackAsync(client, await Admin.OpenAsync(await Admin.NewHumanAsync()));

        var first = (await AnswerAsync(client, callback)).Expect(302);
        var code = RelyingParty.QueryOf(new Uri(first.Header("Location")!))["code"];
        Assert.Equal(code, RelyingParty.QueryOf(new Uri((await AnswerAsync(client, callback)).Header("Location")!))["code"]);
        (await client.RedeemAsync(code)).Expect(200);
        Assert.Null((await AnswerAsync(client, callback)).Expect(400).Header("Set-Cookie"));
    }

    private static Task<Reply> AnswerAsync(RelyingParty client, string callback) =>
        client.Anonymous.GetAsync(new Uri(callback).PathAndQuery);

    private static async Task<string> CallbackAsync(
        RelyingParty client,
        OpenSession session,
        params (string Name, string? Value)[] parameters
    ) => (await client.CompleteAsync(await client.RequestAsync(parameters), session)).Expect(200).Text("callbackUrl");
}
