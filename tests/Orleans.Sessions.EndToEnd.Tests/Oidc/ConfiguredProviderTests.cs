using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What the configuration says for all clients.</summary>
public sealed class ConfiguredProviderTests : OwnHosts
{
    [Fact]
    public async Task Values_of_prompt_that_nobody_knows_are_refused_if_the_settings_say_so()
    {
        var host = await StartAsync(HostSettings.Shared.With("Sessions__Oidc__StrictPrompts", "true"));
        var client = await RelyingParty.RegisterAsync(Admin(host));

        var refused = (await client.AuthorizeAsync(("prompt", "login welcome"))).Expect(302);

        Assert.Equal("invalid_request", RelyingParty.QueryOf(new Uri(refused.Header("Location")!))["error"]);
        await client.RequestAsync(("prompt", "login"));
    }

    [Fact]
    public async Task Signed_access_tokens_of_all_clients_have_the_plain_type_if_the_settings_say_so_and_are_no_id_tokens()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__Oidc__PlainJwt", "true")));
        var client = await RelyingParty.RegisterAsync(
            admin,
            ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"),
            ("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.TokenExchange })
        );

        var token = (await client.SignInAsync(await admin.OpenAsync(await admin.NewHumanAsync()), "openid")).Text("access_token");

        await Jwt.VerifyAsync(admin, token, "JWT");
        Assert.True(await client.IsActiveAsync(token));
        (await client.ExchangeAsync(token, "id_token")).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_login_waits_until_the_address_is_verified_if_the_settings_say_so()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__LoginPolicy__RequireVerifiedEmail", "true")));
        var client = await RelyingParty.RegisterAsync(admin);
        var human = await admin.NewHumanAsync(withVerifiedEmail: false);
        var session = await admin.OpenAsync(human);
        var request = await client.RequestAsync();

        Assert.Equal("OIDC-Acr08", (await client.CompleteAsync(request, session)).Expect(400).Text("details.0.id"));

        var verified = new { email = $"{Unique("mail")}@example.com", isVerified = true };
        (await admin.PostAsync($"/v2/users/{human.Id}/email", verified)).Expect(200);
        (await client.CompleteAsync(request, session)).Expect(200);
    }

    [Fact]
    public async Task Claims_of_the_configuration_are_told_to_all_clients_and_those_of_a_client_go_before_them()
    {
        var host = await StartAsync(
            HostSettings
                .Shared.With("Sessions__Oidc__Claims__0__Name", "login")
                .With("Sessions__Oidc__Claims__0__Source", "Profile")
                .With("Sessions__Oidc__Claims__0__Key", "userName")
                .With("Sessions__Oidc__Claims__1__Name", "tenant")
                .With("Sessions__Oidc__Claims__1__Source", "Fixed")
                .With("Sessions__Oidc__Claims__1__Key", "1")
                .With("Sessions__Oidc__Claims__1__IsJson", "true")
                .With("Sessions__Oidc__Claims__1__Targets__0", "UserInfo")
        );
        var admin = Admin(host);
        var human = await admin.NewHumanAsync();
        var plain = await RelyingParty.RegisterAsync(admin);
        var special = await RelyingParty.RegisterAsync(
            admin,
            (
                "claims",
                new[]
                {
                    new
                    {
                        name = "tenant",
                        source = "CLAIM_SOURCE_FIXED",
                        key = "special",
                    },
                }
            )
        );
        async Task<Reply> InfoAsync(RelyingParty client)
        {
            var tokens = await client.SignInAsync(await admin.OpenAsync(human), "openid");
            Assert.Equal(human.LoginName, Jwt.Claims(tokens.Text("id_token"))["login"]!.GetValue<string>());
            Assert.Equal(client == special, Jwt.Claims(tokens.Text("id_token"))["tenant"] is not null);
            return (await admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);
        }

        Assert.Equal(1, (await InfoAsync(plain))["tenant"]!.GetValue<int>());
        Assert.Equal("special", (await InfoAsync(special)).Text("tenant"));
    }

    [Fact]
    public async Task A_claim_of_the_configuration_that_cannot_be_keeps_the_service_from_starting()
    {
        var host = Launch(
            HostSettings
                .Shared.With("Sessions__Oidc__Claims__0__Name", "sub")
                .With("Sessions__Oidc__Claims__0__Source", "Fixed")
                .With("Sessions__Oidc__Claims__0__Key", "x")
        );

        await host.WaitForExitAsync(TimeSpan.FromMinutes(3));

        Assert.NotEqual(0, host.ExitCode);
        Assert.Contains("Sessions:Oidc:Claims", host.Output, StringComparison.Ordinal);
    }
}
