using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The uses of tokens, and their end.</summary>
public abstract class TokenLifeTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    [Asvs("10.4.5")]
    public async Task A_refresh_token_is_replaced_by_each_use_and_its_reuse_kills_the_family()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var first = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));
        var second = (await client.RefreshAsync(first.Text("refresh_token"))).Expect(200);
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.True(await client.IsActiveAsync(first.Text("access_token")));
        Assert.True(await client.IsActiveAsync(second.Text("access_token")));
        var third = (await client.RefreshAsync(second.Text("refresh_token"))).Expect(200);

        (await client.RefreshAsync(first.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");

        (await client.RefreshAsync(third.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
        Assert.False(await client.IsActiveAsync(first.Text("access_token")));
        Assert.False(await client.IsActiveAsync(second.Text("access_token")));
    }

    [Fact]
    public async Task A_client_may_use_one_refresh_token_several_times_at_once()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var first = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.RefreshAsync(first.Text("refresh_token"))));

        Assert.Single(replies.Select(reply => reply.Expect(200).Text("refresh_token")).Distinct());
        foreach (var reply in replies)
        {
            Assert.True(await client.IsActiveAsync(reply.Text("access_token")));
        }
    }

    [Fact]
    public async Task A_refresh_can_ask_for_less_but_not_for_more()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()), "openid email offline_access");
        (await client.RefreshAsync(tokens.Text("refresh_token"), "openid profile")).ExpectOAuth(400, "invalid_scope");
        var less = (await client.RefreshAsync(tokens.Text("refresh_token"), "openid")).Expect(200);
        Assert.False((await UserInfoAsync(less.Text("access_token"))).Expect(200).Has("email"));
        var all = (await client.RefreshAsync(less.Text("refresh_token"))).Expect(200);
        Assert.True((await UserInfoAsync(all.Text("access_token"))).Expect(200).Has("email"));
    }

    [Fact]
    public async Task Without_the_refresh_grant_there_is_no_refresh_token()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("grantTypes", new[] { RelyingParty.AuthorizationCode }));
        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));
        Assert.False(tokens.Has("refresh_token"));
        Assert.DoesNotContain("offline_access", tokens.Text("scope"), StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("10.3.2")]
    public async Task Userinfo_tells_what_the_scopes_allow()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        var all = (await UserInfoAsync((await client.SignInAsync(session)).Text("access_token"))).Expect(200);
        Assert.Equal(human.Id, all.Text("sub"));
        Assert.Equal(human.LoginName, all.Text("preferred_username"));
        Assert.Equal(("Minnie", "Mouse", "Minnie M."), (all.Text("given_name"), all.Text("family_name"), all.Text("name")));
        Assert.True(all["email_verified"]!.GetValue<bool>());
        var little = (await UserInfoAsync((await client.SignInAsync(session, "openid")).Text("access_token"))).Expect(200);
        Assert.Equal(["sub"], little.Json!.Select(claim => claim.Key));
        Assert.Equal(human.Id, (await UserInfoAsync(session.Token)).Expect(200).Text("sub"));
        Assert.Equal(401, (await UserInfoAsync("at_x.y.z")).Status);
        Assert.Equal(401, (await UserInfoAsync("sess_1_x")).Status);
    }

    [Fact]
    public async Task Introspection_tells_a_client_what_a_token_of_its_own_stands_for()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var other = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var token = (await client.SignInAsync(session)).Text("access_token");

        var reply = (await client.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200);

        Assert.True(reply["active"]!.GetValue<bool>());
        Assert.Equal((human.Id, client.Id, session.Id), (reply.Text("sub"), reply.Text("client_id"), reply.Text("sid")));
        Assert.Equal("openid profile email offline_access", reply.Text("scope"));
        Assert.Equal(human.LoginName, reply.Text("username"));
        Assert.Equal("aal1", reply.Text("acr"));
        Assert.Equal("pwd", reply.Text("amr.0"));
        Assert.Equal(43_200, reply["exp"]!.GetValue<long>() - reply["iat"]!.GetValue<long>());
        Assert.False(await other.IsActiveAsync(token));
        Assert.False(await client.IsActiveAsync("nonsense"));
        Assert.Equal(401, (await client.Anonymous.PostFormAsync("/oauth/v2/introspect", ("token", token))).Status);
        var publicClient = await RelyingParty.RegisterPublicAsync(Admin);
        Assert.Equal(401, (await publicClient.PostAsync("/oauth/v2/introspect", ("token", token))).Status);
    }

    [Theory, InlineData("openid profile email offline_access"), InlineData("openid")]
    public async Task Introspection_says_the_same_with_and_without_its_short_cut(string scope)
    {
        var asker = await RelyingParty.RegisterAsync(Admin);
        var audience = RelyingParty.AudienceScope(asker.Id);
        var client = await RelyingParty.RegisterAsync(Admin, ("scopes", new[] { audience }));
        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()), $"{scope} {audience}");
        foreach (var party in new[] { client, asker })
        {
            var longWay = (
                await party.PostAsync("/oauth/v2/introspect", ("token", tokens.Text("access_token")), ("hint", "more than a token"))
            ).Expect(200);
            Assert.True(longWay["active"]!.GetValue<bool>());
            foreach (var hint in new[] { null, "access_token" })
            {
                var cut = (
                    await party.PostAsync("/oauth/v2/introspect", ("token", tokens.Text("access_token")), ("token_type_hint", hint))
                ).Expect(200);
                Assert.True(JsonNode.DeepEquals(longWay.Json, cut.Json), $"{longWay.Body}\n{cut.Body}");
                Assert.Equal(
                    (longWay.Header("Content-Type"), longWay.Header("Cache-Control")),
                    (cut.Header("Content-Type"), cut.Header("Cache-Control"))
                );
            }
        }
    }

    [Fact]
    public async Task A_form_that_is_none_is_refused()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var many = Enumerable.Range(0, 1100).Select(number => ($"n{number}", (string?)"x")).ToArray();
        (await client.PostAsync("/oauth/v2/introspect", many)).ExpectOAuth(400, "invalid_request");
        (await client.PostAsync("/oauth/v2/token", many)).ExpectOAuth(400, "invalid_request");
    }

    [Fact]
    public async Task An_api_does_not_revoke_the_tokens_of_the_applications_that_call_it()
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var client = await RelyingParty.RegisterAsync(Admin, ("audiences", new[] { api.Id }));
        var token = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()))).Text("access_token");
        Assert.True(await api.IsActiveAsync(token));

        await api.PostAsync("/oauth/v2/revoke", ("token", token));

        Assert.True(await client.IsActiveAsync(token));
    }

    [Fact]
    [Asvs("10.4.10")]
    public async Task Revocation_ends_a_token_or_with_the_refresh_token_all_of_them()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var other = await RelyingParty.RegisterAsync(Admin);
        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));
        var more = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);

        await other.PostAsync("/oauth/v2/revoke", ("token", tokens.Text("access_token")));
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));
        (await client.PostAsync("/oauth/v2/revoke", ("token", tokens.Text("access_token")))).Expect(200);
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
        Assert.True(await client.IsActiveAsync(more.Text("access_token")));
        (await client.PostAsync("/oauth/v2/revoke", ("token", more.Text("refresh_token")))).Expect(200);
        Assert.False(await client.IsActiveAsync(more.Text("access_token")));
        (await client.RefreshAsync(more.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
        (await client.PostAsync("/oauth/v2/revoke", ("token", "unknown"))).Expect(200);
    }

    [Theory]
    [Asvs("7.4.1")]
    [InlineData("delete")]
    [InlineData("expire")]
    [InlineData("lock")]
    [InlineData("deactivate")]
    [InlineData("remove")]
    [InlineData("unregister")]
    public async Task When_the_session_the_user_or_the_client_goes_the_tokens_go(string end)
    {
        var asker = await RelyingParty.RegisterAsync(Admin);
        var client = await RelyingParty.RegisterAsync(Admin, ("scopes", new[] { RelyingParty.AudienceScope(asker.Id) }));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.WithPassword, lifetime = end == "expire" ? "10s" : "3600s" });
        var tokens = await client.SignInAsync(session, $"openid offline_access {RelyingParty.AudienceScope(asker.Id)}");
        Assert.True(await asker.IsActiveAsync(tokens.Text("access_token")));

        await (
            end switch
            {
                "delete" => Admin.EndAsync(session),
                "lock" => Admin.PostAsync($"/v2/users/{human.Id}/lock"),
                "deactivate" => Admin.PostAsync($"/v2/users/{human.Id}/deactivate"),
                "remove" => Admin.DeleteAsync($"/v2/users/{human.Id}"),
                "unregister" => Admin.DeleteAsync($"/v2/oidc/clients/{client.Id}"),
                _ => Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken),
            }
        );

        await Eventually.GetAsync(
            () => asker.PostAsync("/oauth/v2/introspect", ("token", tokens.Text("access_token"))),
            reply => !reply["active"]!.GetValue<bool>(),
            TimeSpan.FromSeconds(1),
            "an inactive token"
        );
        Assert.Equal(401, (await UserInfoAsync(tokens.Text("access_token"))).Status);
        Assert.Contains((await client.RefreshAsync(tokens.Text("refresh_token"))).Status, new[] { 400, 401 });
    }

    [Fact]
    [Asvs("10.3.1")]
    public async Task An_access_token_speaks_for_its_user_at_every_api_if_it_is_meant_for_it()
    {
        foreach (var type in new[] { "ACCESS_TOKEN_TYPE_OPAQUE", "ACCESS_TOKEN_TYPE_JWT" })
        {
            var client = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", type), ("scopes", new[] { RelyingParty.ApiScope }));
            var human = await Admin.NewHumanAsync();
            var session = await Admin.OpenAsync(human);
            var meant = await client.SignInAsync(session, $"openid offline_access {RelyingParty.ApiScope}");
            var notMeant = await client.SignInAsync(session, "openid");

            var api = Admin.As(meant.Text("access_token"));
            Assert.Equal(session.Id, (await api.ReadAsync(session)).Expect(200).Text("session.id"));
            Assert.Equal(human.LoginName, (await api.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.username"));
            (await api.CreateSessionAsync(new { })).Expect(Failures.NoPermission);
            (await Admin.As(notMeant.Text("access_token")).ReadAsync(session)).Expect(
                new Failure(401, 16, "APP-Zxfako", "invalid audience")
            );
            Assert.False(await client.IsActiveAsync(meant.Text("id_token")));
            Assert.Equal(401, (await UserInfoAsync(meant.Text("id_token"))).Status);
            (await Admin.As(meant.Text("id_token")).ReadAsync(session)).Expect(Failures.BadToken);

            (await client.PostAsync("/oauth/v2/revoke", ("token", meant.Text("access_token")))).Expect(200);
            await Eventually.StatusAsync(401, () => api.ReadAsync(session), TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    [Asvs("6.3.4", "10.3.4")]
    public async Task A_token_of_a_login_without_the_persons_second_factor_is_not_enough_for_the_api()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("scopes", new[] { RelyingParty.ApiScope }));
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);
        var token = (await client.SignInAsync(session, $"openid {RelyingParty.ApiScope}")).Text("access_token");
        (await Admin.As(token).ReadAsync(session)).Expect(Failures.BearerWithoutMfa);
    }

    [Fact]
    public async Task A_jwt_access_token_can_be_read_by_whoever_has_the_published_keys()
    {
        var reports = RelyingParty.AudienceScope("reports");
        var client = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"), ("scopes", new[] { reports }));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var token = (await client.SignInAsync(session, $"openid {reports}")).Text("access_token");

        var claims = await Jwt.VerifyAsync(Admin, token, "at+jwt");

        Assert.Equal(Admin.Host.Address.GetLeftPart(UriPartial.Authority), claims["iss"]!.GetValue<string>());
        Assert.Equal((human.Id, client.Id, session.Id), (Text(claims, "sub"), Text(claims, "client_id"), Text(claims, "sid")));
        Assert.Equal([client.Id, "reports"], claims["aud"]!.AsArray().Select(audience => audience!.GetValue<string>()));
        Assert.Equal("aal1", Text(claims, "acr"));
        Assert.Equal("pwd", claims["amr"]!.AsArray().Single()!.GetValue<string>());
        Assert.NotNull(claims["auth_time"]);
        Assert.NotNull(claims["jti"]);
        Assert.Equal(43_200, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
        Assert.True(await client.IsActiveAsync(token));
        Assert.False(await client.IsActiveAsync($"{token[..^8]}AAAAAAAA"));
    }

    [Fact]
    public async Task A_jwt_access_token_of_the_plain_type_is_still_no_id_token()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", "ACCESS_TOKEN_TYPE_PLAIN_JWT"));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var tokens = await client.SignInAsync(session, "openid");

        await Jwt.VerifyAsync(Admin, tokens.Text("access_token"), "JWT");

        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));
        (await Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);
        (await Admin.As(tokens.Text("id_token")).GetAsync("/oidc/v1/userinfo")).Expect(401);
        Assert.False(await client.IsActiveAsync(tokens.Text("id_token")));
        await client.RequestAsync(("id_token_hint", tokens.Text("id_token")));
        Assert.Contains(
            "error=",
            (await client.AuthorizeAsync(("id_token_hint", tokens.Text("access_token")))).Expect(302).Header("Location")!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_session_token_is_exchanged_for_an_access_token_without_a_browser()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("grantTypes", new[] { RelyingParty.TokenExchange }),
            ("redirectUris", Array.Empty<string>()),
            ("scopes", new[] { RelyingParty.ApiScope })
        );
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        (string, string?)[] exchange =
        [
            ("grant_type", RelyingParty.TokenExchange),
            ("subject_token", session.Token),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("scope", $"openid profile offline_access {RelyingParty.ApiScope}"),
        ];

        var reply = (await client.TokenAsync(exchange)).Expect(200);

        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", reply.Text("issued_token_type"));
        Assert.False(reply.Has("refresh_token"));
        var token = reply.Text("access_token");
        (await client.TokenAsync([.. exchange.Where(field => field.Item1 != "subject_token"), ("subject_token", token)])).ExpectOAuth(
            400,
            "invalid_scope"
        );
        Assert.Equal(human.Id, (await UserInfoAsync(token)).Expect(200).Text("sub"));
        (await Admin.As(token).ReadAsync(session)).Expect(200);
        (await Admin.EndAsync(session)).Expect(200);
        Assert.False(await client.IsActiveAsync(token));
        (await client.TokenAsync(exchange)).ExpectOAuth(400, "invalid_grant");
        var withoutGrant = await RelyingParty.RegisterAsync(Admin);
        (await withoutGrant.TokenAsync(exchange)).ExpectOAuth(400, "unauthorized_client");
    }

    private Task<Reply> UserInfoAsync(string token) => Admin.As(token).GetAsync("/oidc/v1/userinfo");

    private static string Text(JsonObject claims, string name) => claims[name]!.GetValue<string>();
}

public sealed class TokenLifeTestsOnSqlite(SqliteHost host) : TokenLifeTests(host);

public sealed class TokenLifeTestsOnPostgreSql(PostgreSqlHost host) : TokenLifeTests(host);
