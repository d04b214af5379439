using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The registration of clients, by the API and by the configuration.</summary>
public sealed class RegistryTests(RegistryTests.ConfiguredHost configured) : OwnHosts, IClassFixture<RegistryTests.ConfiguredHost>
{
    private const string Secret = "configured-secret-of-24-and-more";

    [Fact]
    public async Task Short_names_are_taken_and_the_answer_tells_what_was_stored()
    {
        var basic = await configured.Api.PostAsync(
            "/v2/oidc/clients",
            new
            {
                settings = new
                {
                    authentication = "SECRET_BASIC",
                    accessTokenType = "JWT",
                    redirectUris = new[] { RelyingParty.RedirectUri },
                },
            }
        );
        var none = await configured.Api.PostAsync(
            "/v2/oidc/clients",
            new { settings = new { redirectUris = new[] { RelyingParty.RedirectUri } } }
        );

        Assert.Equal("CLIENT_AUTHENTICATION_SECRET_BASIC", basic.Expect(201).Text("client.settings.authentication"));
        Assert.Equal("ACCESS_TOKEN_TYPE_JWT", basic.Text("client.settings.accessTokenType"));
        Assert.Equal("CLIENT_AUTHENTICATION_NONE", none.Expect(201).Text("client.settings.authentication"));
    }

    [Fact]
    public async Task Clients_are_registered_read_changed_and_removed()
    {
        var admin = configured.Api;
        var settings = new Dictionary<string, object?>
        {
            ["name"] = "Shop",
            ["authentication"] = "CLIENT_AUTHENTICATION_SECRET_POST",
            ["redirectUris"] = new[] { "https://shop.example/signin", "com.example.shop:/signin" },
            ["scopes"] = new[] { "orders" },
        };
        var created = (await admin.PostAsync("/v2/oidc/clients", new { clientId = "shop", settings })).Expect(201);
        Assert.Equal(43, created.Text("clientSecret").Length);
        (await admin.PostAsync("/v2/oidc/clients", new { clientId = "shop", settings })).Expect(
            new Failure(409, 6, "OIDC-Cli02", "Client already exists")
        );

        settings["name"] = "The shop";
        (await admin.PutAsync("/v2/oidc/clients/shop", new { settings })).Expect(200);
        var read = (await admin.GetAsync("/v2/oidc/clients/shop")).Expect(200);
        Assert.Equal("The shop", read.Text("client.settings.name"));
        Assert.Equal("authorization_code", read.Text("client.settings.grantTypes.0"));
        Assert.DoesNotContain("ecret\":", read.Body, StringComparison.Ordinal);
        var listed = (await admin.GetAsync("/v2/oidc/clients")).Expect(200).Texts("clients", "clientId").ToList();
        Assert.Equal(["api", "shop", "web"], listed.Intersect(["api", "shop", "web"]).Order());

        Assert.True((await admin.DeleteAsync("/v2/oidc/clients/shop")).Expect(200)["deleted"]!.GetValue<bool>());
        (await admin.DeleteAsync("/v2/oidc/clients/shop")).Expect(200);
        (await admin.GetAsync("/v2/oidc/clients/shop")).Expect(new Failure(404, 5, "OIDC-Cli01", "Client could not be found"));
    }

    [Fact]
    public async Task A_client_that_takes_the_id_of_a_removed_one_does_not_get_its_tokens()
    {
        var admin = configured.Api;
        var settings = new
        {
            authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC",
            redirectUris = new[] { RelyingParty.RedirectUri },
            grantTypes = new[] { "authorization_code", "refresh_token" },
        };
        async Task<RelyingParty> RegisterAsync() =>
            new(
                admin,
                "kiosk",
                (await admin.PostAsync("/v2/oidc/clients", new { clientId = "kiosk", settings })).Expect(201).Text("clientSecret")
            );

        var first = await RegisterAsync();
        var tokens = await first.SignInAsync(await admin.OpenAsync(await admin.NewHumanAsync()), "openid offline_access");
        Assert.True(await first.IsActiveAsync(tokens.Text("access_token")));
        var pkce = Pkce.Create();
        var session = await admin.OpenAsync(await admin.NewHumanAsync());
        var code = await first.CodeAsync(session, pkce.Challenge);
        var request = await first.RequestAsync();
        (await admin.DeleteAsync("/v2/oidc/clients/kiosk")).Expect(200);
        var second = await RegisterAsync();
        await Eventually.StatusAsync(200, () => second.PostAsync("/oauth/v2/introspect", ("token", "nonsense")), TimeSpan.FromSeconds(2));

        Assert.False(await second.IsActiveAsync(tokens.Text("access_token")));
        (await second.RefreshAsync(tokens.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
        (await second.RedeemAsync(code, pkce.Verifier)).ExpectOAuth(400, "invalid_grant");
        (await second.CompleteAsync(request, session)).Expect(new Failure(404, 5, "OIDC-Cli01", "Client could not be found"));
    }

    [Fact]
    public async Task Nobody_is_sent_to_an_address_that_was_withdrawn_while_the_person_logged_in()
    {
        var admin = configured.Api;
        var client = await RelyingParty.RegisterAsync(admin);
        var session = await admin.OpenAsync(await admin.NewHumanAsync());
        var request = await client.RequestAsync();
        object Settings(string address) =>
            new { settings = new { authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC", redirectUris = new[] { address } } };

        (await admin.PutAsync($"/v2/oidc/clients/{client.Id}", Settings("https://elsewhere.example/signin"))).Expect(200);
        var withdrawn = new Failure(400, 9, "OIDC-Red01", "The return address of the request is no longer registered");
        (await client.CompleteAsync(request, session)).Expect(withdrawn);
        (await client.CompleteAsync(request, new { error = new { error = "ERROR_REASON_ACCESS_DENIED" } })).Expect(withdrawn);

        (await admin.PutAsync($"/v2/oidc/clients/{client.Id}", Settings(RelyingParty.RedirectUri))).Expect(200);
        (await client.CompleteAsync(request, session)).Expect(200);
    }

    [Fact]
    public async Task Configured_clients_work_and_change_only_with_the_configuration()
    {
        var folder = NewFolder();
        var settings = Strict().With(Setting.DataPath, folder);
        var host = await StartAsync(settings);
        var admin = Admin(host);
        var web = new RelyingParty(admin, "web", Secret);
        var session = await admin.OpenAsync(await admin.NewHumanAsync());
        var tokens = await web.SignInAsync(session, $"openid {RelyingParty.ApiScope} {RelyingParty.AudienceScope("api")}");
        (await admin.As(tokens.Text("access_token")).ReadAsync(session)).Expect(200);
        Assert.False(await new RelyingParty(admin, "api", Secret).IsActiveAsync(tokens.Text("access_token")));

        // The service requires PKCE of all clients, with one exception.
        Assert.Contains("error=invalid_request", (await web.AuthorizeAsync()).Expect(302).Header("Location"), StringComparison.Ordinal);
        await new RelyingParty(admin, "old", Secret).RequestAsync();
        Assert.True((await admin.GetAsync("/v2/oidc/clients/web")).Expect(200)["client.configured"]!.GetValue<bool>());
        var configured = new Failure(
            400,
            9,
            "OIDC-Cli04",
            "The configuration defines this client (Sessions:Oidc:Clients): change it there"
        );
        (await admin.DeleteAsync("/v2/oidc/clients/web")).Expect(configured);
        (await admin.PostAsync("/v2/oidc/clients/web/secret")).Expect(configured);

        await host.TerminateAsync();
        host = await StartAsync(HostSettings.Shared.With(Setting.DataPath, folder));
        Assert.False((await admin.At(host).GetAsync("/v2/oidc/clients")).Expect(200).Has("clients.0"));
    }

    [Fact]
    public async Task Values_that_cannot_work_are_refused_and_the_field_is_named()
    {
        var admin = configured.Api;
        (string Field, object Settings)[] bad =
        [
            ("redirectUris", new { redirectUris = new[] { "http://shop.example/signin" } }),
            ("redirectUris", new { redirectUris = new[] { "https://shop.example/#x" } }),
            ("redirectUris", new { redirectUris = new[] { "javascript:alert(1)" } }),
            ("redirectUris", new { redirectUris = new[] { "/signin" } }),
            ("grantTypes", new { redirectUris = new[] { "https://shop.example/" }, grantTypes = new[] { "password" } }),
            (
                "grantTypes",
                new
                {
                    redirectUris = new[] { "https://shop.example/" },
                    grantTypes = new[] { "authorization_code", RelyingParty.TokenExchange },
                }
            ),
            ("minimumAcr", new { redirectUris = new[] { "https://shop.example/" }, minimumAcr = "aal9" }),
            (
                "backchannelLogoutUri",
                new { redirectUris = new[] { "https://shop.example/" }, backchannelLogoutUri = "ftp://shop.example/" }
            ),
            ("frontchannelLogoutUri", new { frontchannelLogoutUri = "https://shop.example/out" }),
            (
                "frontchannelLogoutUri",
                new { redirectUris = new[] { "https://shop.example/" }, frontchannelLogoutUri = "https://other.example/out" }
            ),
            (
                "frontchannelLogoutUri",
                new { redirectUris = new[] { "https://shop.example/" }, frontchannelLogoutUri = "http://shop.example/out" }
            ),
            (
                "frontchannelLogoutUri",
                new { redirectUris = new[] { "https://shop.example/" }, frontchannelLogoutUri = "https://shop.example/out#x" }
            ),
            ("jsonWebKeys", new { authentication = "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT" }),
            (
                "jsonWebKeys",
                new
                {
                    authentication = "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT",
                    jsonWebKeys = """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}]}""",
                }
            ),
            ("jsonWebKeys", new { authentication = "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT", jsonWebKeys = "nonsense" }),
        ];
        foreach (var (field, settings) in bad)
        {
            await RefusesAsync(field, new { settings });
        }

        foreach (var clientId in new[] { "white space", "zitadel", ".", ".." })
        {
            await RefusesAsync("clientId", new { clientId, settings = new { } });
        }

        (await admin.PostAsync("/v2/oidc/clients", new { })).ExpectRefusal();
        var manager = await admin.NewMachineAsync("IAM_USER_MANAGER");
        (await manager.Api.PostAsync("/v2/oidc/clients", new { settings = new { } })).Expect(Failures.NoPermission);
        (await manager.Api.GetAsync("/v2/oidc/clients/unknown")).Expect(Failures.NoPermission);

        async Task RefusesAsync(string field, object body)
        {
            var refused = (await admin.PostAsync("/v2/oidc/clients", body)).Expect(400);
            Assert.Equal("OIDC-Cli03", refused.Text("details.0.id"));
            Assert.StartsWith(field, refused.Text("message"), StringComparison.Ordinal);
            Assert.Equal("type.googleapis.com/google.rpc.BadRequest", refused.Text("details.1.@type"));
            Assert.StartsWith(field, refused.Text("details.1.fieldViolations.0.field"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_configuration_ends_the_start_with_the_name_of_the_key()
    {
        foreach (
            var (key, value) in new[]
            {
                ("Sessions__Oidc__Clients__0__Secret", "short"),
                ("Sessions__Origin__Public", "https://id.example.com/path"),
            }
        )
        {
            var host = Launch(Configured().With(key, value));
            await host.WaitForExitAsync(TimeSpan.FromMinutes(3));
            Assert.NotEqual(0, host.ExitCode);
            Assert.Contains(
                key.Replace("__Secret", "", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal),
                host.Output,
                StringComparison.Ordinal
            );
        }
    }

    private static Dictionary<string, string> Configured() =>
        HostSettings
            .Shared.With("Sessions__Oidc__Clients__0__Id", "web")
            .With("Sessions__Oidc__Clients__0__Secret", Secret)
            .With("Sessions__Oidc__Clients__0__RedirectUris__0", RelyingParty.RedirectUri)
            .With("Sessions__Oidc__Clients__0__Scopes__0", RelyingParty.ApiScope)
            .With("Sessions__Oidc__Clients__1__Id", "api")
            .With("Sessions__Oidc__Clients__1__Secret", Secret);

    /// <summary>Settings that require PKCE of all clients but one.</summary>
    private static Dictionary<string, string> Strict() =>
        Configured()
            .With("Sessions__Oidc__RequirePkce", "true")
            .With("Sessions__Oidc__Clients__2__Id", "old")
            .With("Sessions__Oidc__Clients__2__Secret", Secret)
            .With("Sessions__Oidc__Clients__2__RedirectUris__0", RelyingParty.RedirectUri)
            .With("Sessions__Oidc__Clients__2__RequirePkce", "false");

    /// <summary>A host with two configured clients.</summary>
    public sealed class ConfiguredHost : OwnHosts
    {
        private Api? _api;

        public Api Api => _api!;

        public override async ValueTask InitializeAsync() => _api = Admin(await StartAsync(Configured()));
    }
}
