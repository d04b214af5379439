using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What the provider says about itself (RFC 8414).</summary>
public sealed class DiscoveryTests(SqliteHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("token", true)]
    [InlineData("revocation", true)]
    [InlineData("introspection", false)]
    public async Task Endpoints_tell_how_clients_prove_who_they_are(string endpoint, bool isForPublicClients)
    {
        var metadata = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        var methods = Names(metadata, $"{endpoint}_endpoint_auth_methods_supported");
        Assert.Equal("client_secret_basic", metadata.Text($"{endpoint}_endpoint_auth_methods_supported.0"));
        Assert.Equal(isForPublicClients, methods.Contains("none"));
        Assert.Superset(new HashSet<string> { "client_secret_basic", "client_secret_post", "private_key_jwt" }, methods);
        Assert.Superset(
            new HashSet<string> { "RS256", "ES256" },
            Names(metadata, $"{endpoint}_endpoint_auth_signing_alg_values_supported")
        );
    }

    [Theory]
    [InlineData("device_authorization")]
    [InlineData("pushed_authorization_request")]
    public async Task Members_of_the_metadata_have_registered_names(string endpoint)
    {
        var metadata = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.False(metadata.Has($"{endpoint}_endpoint_auth_methods_supported"));
        Assert.False(metadata.Has($"{endpoint}_endpoint_auth_signing_alg_values_supported"));
        Assert.Equal(["en", "de"], metadata.Items("ui_locales_supported").Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public async Task Applications_may_ask_for_a_registration()
    {
        var metadata = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);
        var client = await RelyingParty.RegisterAsync(Admin);
        var requestId = await client.RequestAsync(("prompt", "create"));

        Assert.Superset(new HashSet<string> { "none", "login", "create" }, Names(metadata, "prompt_values_supported"));
        var told = (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200);
        Assert.Equal("PROMPT_CREATE", Assert.Single(told.Items("authRequest.prompt"))!.GetValue<string>());
        Assert.Equal(
            "invalid_request",
            RelyingParty.QueryOf(new Uri((await client.AuthorizeAsync(("prompt", "none create"))).Expect(302).Header("Location")!))["error"]
        );
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/oauth/v2/keys")]
    public async Task What_is_only_read_can_be_asked_about_without_its_content(string path)
    {
        var reply = (await Admin.As(null).SendAsync(HttpMethod.Head, path, content: null)).Expect(200);

        Assert.Equal("", reply.Body);
    }

    [Theory]
    [InlineData("DELETE", "/oauth/v2/keys", "GET, HEAD")]
    [InlineData("PUT", "/oidc/v1/userinfo", "GET, HEAD, POST")]
    [InlineData("GET", "/oauth/v2/token", "POST")]
    [InlineData("HEAD", "/oidc/v1/end_session", "GET, POST")]
    public async Task A_method_that_an_endpoint_does_not_have_is_answered_with_those_that_it_has(string method, string path, string allowed)
    {
        var reply = (await Admin.As(null).SendAsync(new HttpMethod(method), path, content: null)).Expect(405);

        Assert.Equal(allowed.Split(", "), reply.Header("Allow")!.Split(',', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Userinfo_says_in_the_header_that_it_wants_a_token_and_what_is_wrong_with_one_in_the_body_too()
    {
        var without = (await Admin.As(null).GetAsync("/oidc/v1/userinfo")).Expect(401);
        var wrong = (await Admin.As("wrong").GetAsync("/oidc/v1/userinfo")).Expect(401);

        Assert.Equal(("Bearer realm=\"Orleans.Sessions\"", ""), (without.Header("WWW-Authenticate"), without.Body));
        Assert.Contains("error=\"invalid_token\"", wrong.Header("WWW-Authenticate"), StringComparison.Ordinal);
        wrong.ExpectOAuth(401, "invalid_token");
        Assert.NotEmpty(wrong.Text("error_description"));
    }

    [Fact]
    public async Task Who_did_not_prove_enough_is_told_which_level_would_do()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var onlyUser = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var onlyPassword = await Admin.OpenAsync(new { checks = human.WithPassword });

        foreach (var (token, acr) in new[] { (onlyUser.Token, "aal1"), (onlyPassword.Token, "aal2") })
        {
            var challenge = $"error=\"insufficient_user_authentication\".*acr_values=\"{acr}\"";
            var userInfo = (await Admin.As(token).GetAsync("/oidc/v1/userinfo")).Expect(401);
            Assert.Matches(challenge, userInfo.Header("WWW-Authenticate"));
            var api = (await Admin.As(token).GetAsync($"/v2/users/{human.Id}")).Expect(403);
            Assert.Matches(challenge, api.Header("WWW-Authenticate"));
            Assert.Equal("AUTHZ-Kl3p0", api.Text("details.0.id"));
        }
    }

    [Fact]
    public async Task The_apis_say_in_the_header_what_is_wrong_with_a_token()
    {
        var human = await Admin.NewHumanAsync();
        var path = $"/v2/users/{human.Id}";
        const string connect = "/zitadel.user.v2.UserService/GetUserByID";

        Assert.Equal("Bearer realm=\"Orleans.Sessions\"", (await Admin.As(null).GetAsync(path)).Expect(401).Header("WWW-Authenticate"));
        foreach (
            var reply in new[]
            {
                await Admin.As("wrong").GetAsync(path),
                await Admin.As("wrong").PostAsync(connect, new { userId = human.Id }),
            }
        )
        {
            Assert.StartsWith(
                "Bearer realm=\"Orleans.Sessions\", error=\"invalid_token\"",
                reply.Expect(401).Header("WWW-Authenticate"),
                StringComparison.Ordinal
            );
        }

        var machine = (await Admin.NewMachineAsync()).Api;
        Assert.Null((await machine.GetAsync(path)).Expect(403).Header("WWW-Authenticate"));
    }

    private static HashSet<string> Names(Reply metadata, string member) =>
        [.. metadata.Items(member).Select(name => name!.GetValue<string>())];
}
