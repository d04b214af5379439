using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What the protocol says to ignore, and answers that only have what it names.</summary>
public sealed class TolerantRequestTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task Parameters_that_mean_nothing_with_a_code_are_ignored()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var code = await client.CodeAsync(
            await Admin.OpenAsync(await Admin.NewHumanAsync()),
            ("audience", "https://api.example"),
            ("resource", "https://mcp.example/mcp")
        );

        (
            await client.TokenAsync(
                ("grant_type", RelyingParty.AuthorizationCode),
                ("code", code),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("scope", "openid%20profile"),
                ("scope", "twice"),
                ("audience", client.Id),
                ("resource", "https://mcp.example/mcp"),
                ("actor_token", ""),
                ("code_verifier", "")
            )
        ).Expect(200);
    }

    [Fact]
    public async Task A_device_may_repeat_its_scope_while_it_waits()
    {
        var device = await RelyingParty.RegisterPublicAsync(
            Admin,
            ("redirectUris", Array.Empty<string>()),
            ("grantTypes", new[] { RelyingParty.DeviceCode })
        );
        var begun = (await device.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"), ("audience", ""))).Expect(200);

        (
            await device.TokenAsync(
                ("grant_type", RelyingParty.DeviceCode),
                ("device_code", begun.Text("device_code")),
                ("scope", "openid")
            )
        ).ExpectOAuth(400, "authorization_pending");
    }

    [Theory]
    [InlineData("Welcome back!")]
    [InlineData("login Welcome")]
    public async Task Values_of_prompt_that_nobody_knows_are_ignored(string prompt)
    {
        var client = await RelyingParty.RegisterAsync(Admin);

        await client.RequestAsync(("prompt", prompt));
    }

    [Fact]
    public async Task A_refresh_may_repeat_the_scope_of_the_login_with_what_was_left_out_there()
    {
        const string scope = "openid unknown offline_access";
        var client = await RelyingParty.RegisterAsync(Admin);
        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()), scope);
        Assert.Equal("n-1", Jwt.Claims(tokens.Text("id_token"))["nonce"]!.GetValue<string>());

        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"), scope)).Expect(200);

        Assert.Null(Jwt.Claims(refreshed.Text("id_token"))["nonce"]);
    }

    [Fact]
    public async Task Answers_do_not_tell_of_the_library_behind_them()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"));
        var token = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()))).Text("access_token");

        Assert.DoesNotContain(Jwt.Claims(token).AsObject(), claim => claim.Key.StartsWith("oi_", StringComparison.Ordinal));
        (string, string?)[][] forms =
        [
            [("token", token)],
            [("token", token), ("x", "y")],
        ];
        foreach (var form in forms)
        {
            Assert.False((await client.PostAsync("/oauth/v2/introspect", form)).Expect(200).Has("token_usage"));
        }

        Assert.False((await client.TokenAsync(("grant_type", "unheard_of"))).Expect(400).Has("error_uri"));
        Assert.DoesNotContain(
            "error_uri",
            (await client.AuthorizeAsync(("response_type", "token"))).Expect(302).Header("Location"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_access_token_comes_once_and_not_in_the_address()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var token = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()))).Text("access_token");

        (await Admin.As(null).PostFormAsync("/oidc/v1/userinfo", ("access_token", token))).Expect(200);
        (await Admin.As(null).GetAsync($"/oidc/v1/userinfo?access_token={token}")).Expect(400);
        (await Admin.As(token).PostFormAsync("/oidc/v1/userinfo", ("access_token", token))).Expect(400);
    }

    [Fact]
    public async Task The_name_of_the_scheme_may_be_written_in_lower_case()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        (await Admin.As(null).With("Authorization", $"bearer {session.Token}").GetAsync($"/v2/users/{human.Id}")).Expect(200);
    }

    [Fact]
    public async Task No_endpoint_knows_a_browser_by_a_cookie()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var token = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()))).Text("access_token");

        (await Admin.As(null).With("Cookie", $"access_token={token}").GetAsync("/oidc/v1/userinfo")).Expect(401);
        foreach (
            var reply in new[]
            {
                await client.AuthorizeAsync(),
                await Admin.As(token).GetAsync("/oidc/v1/userinfo"),
                await Admin.As(null).GetAsync("/oidc/v1/end_session"),
            }
        )
        {
            Assert.Null(reply.Header("Set-Cookie"));
        }
    }

    [Fact]
    public async Task A_logout_that_names_no_client_leads_to_the_logout_page_and_not_to_its_address()
    {
        var location = (await Admin.As(null).GetAsync("/oidc/v1/end_session?post_logout_redirect_uri=https%3A%2F%2Felsewhere.example%2F"))
            .Expect(302)
            .Header("Location")!;

        Assert.DoesNotContain("elsewhere.example", location, StringComparison.Ordinal);
    }
}
