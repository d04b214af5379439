using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Clients that register themselves (RFC 7591) and manage their registration (RFC 7592).</summary>
public sealed class DynamicRegistrationTests(DynamicRegistrationTests.OpenHost open) : IClassFixture<DynamicRegistrationTests.OpenHost>
{
    private const string Register = "/oauth/v2/register";
    private const string InitialTokens = "/v2/oidc/initial_access_tokens";

    /// <summary>A token of another kind.</summary>
    private const string OtherKind = "at_4711.4712.secret";

    private Api Admin => open.Api;

    [Fact]
    public async Task A_client_registers_with_a_token_of_the_administrator_and_logs_people_in()
    {
        var initial = await NewTokenAsync();
        var registered = (
            await Admin
                .As(initial)
                .PostAsync(
                    Register,
                    new
                    {
                        redirect_uris = new[] { RelyingParty.RedirectUri },
                        post_logout_redirect_uris = new[] { RelyingParty.PostLogoutRedirectUri },
                        grant_types = new[] { "authorization_code", "refresh_token" },
                        client_name = "Self-made",
                        client_uri = "https://app.example/",
                        contacts = new[] { "ops@app.example" },
                        userinfo_signed_response_alg = "RS256",
                        scope = "openid profile offline_access",
                        unheard_of = 7,
                    }
                )
        ).Expect(201);

        var client = new RelyingParty(Admin, registered.Text("client_id"), registered.Text("client_secret"));
        Assert.Equal(0, registered["client_secret_expires_at"]!.GetValue<long>());
        Assert.Equal("client_secret_basic", registered.Text("token_endpoint_auth_method"));
        Assert.Equal(("https://app.example/", "ops@app.example"), (registered.Text("client_uri"), registered.Text("contacts.0")));
        Assert.Equal("RS256", registered.Text("userinfo_signed_response_alg"));
        Assert.False(registered.Has("unheard_of"));
        await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));
        var read = (await Admin.GetAsync($"/v2/oidc/clients/{client.Id}")).Expect(200);
        Assert.Equal("Self-made", read.Text("client.settings.name"));
        Assert.DoesNotContain(registered.Text("registration_access_token"), read.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Openid_client_registers_itself_and_logs_a_person_in()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        var output = await NodeProgram.RunAsync(
            "openid-client",
            "register.mjs",
            new()
            {
                ["ISSUER"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["ADMIN_TOKEN"] = Admin.Token!,
                ["INITIAL_TOKEN"] = await NewTokenAsync(),
                ["REDIRECT_URI"] = RelyingParty.RedirectUri,
                ["SESSION_ID"] = session.Id,
                ["SESSION_TOKEN"] = session.Token,
                ["USER_ID"] = human.Id,
            }
        );

        Assert.EndsWith("logged in", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_reads_changes_and_removes_its_registration_with_its_own_token_only()
    {
        var (address, token, id) = await RegisteredAsync();
        var (_, otherToken, _) = await RegisteredAsync();
        foreach (var bad in new[] { null, "wrong", otherToken, OtherKind })
        {
            (await Admin.As(bad).GetAsync(address)).ExpectOAuth(401, "invalid_token");
            (await Admin.As(bad).PutAsync(address, new { client_id = id })).ExpectOAuth(401, "invalid_token");
            (await Admin.As(bad).DeleteAsync(address)).ExpectOAuth(401, "invalid_token");
        }

        var own = Admin.As(token);
        Assert.Equal(id, (await own.GetAsync(address)).Expect(200).Text("client_id"));
        var changed = (
            await own.PutAsync(
                address,
                new
                {
                    client_id = id,
                    redirect_uris = new[] { "https://app.example/in" },
                    client_name = "Renamed",
                    token_endpoint_auth_method = "none",
                }
            )
        ).Expect(200);
        Assert.Equal(("Renamed", "none"), (changed.Text("client_name"), changed.Text("token_endpoint_auth_method")));
        Assert.False(changed.Has("client_secret"));
        Assert.Equal("https://app.example/in", (await own.GetAsync(address)).Expect(200).Text("redirect_uris.0"));

        (await own.DeleteAsync(address)).Expect(204);
        (await own.GetAsync(address)).ExpectOAuth(401, "invalid_token");
        (await Admin.GetAsync($"/v2/oidc/clients/{id}")).Expect(404);
    }

    [Fact]
    public async Task It_gets_no_scope_of_this_service_from_a_login()
    {
        var registered = (await RegisterAsync(await NewTokenAsync())).Expect(201);
        var client = new RelyingParty(Admin, registered.Text("client_id"), registered.Text("client_secret"));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());

        var tokens = await client.SignInAsync(session, "openid email urn:zitadel:iam:user:metadata");

        Assert.Equal("openid email", tokens.Text("scope"));
    }

    [Fact]
    public async Task A_client_that_wants_bound_tokens_gets_no_others()
    {
        var registered = (
            await Admin
                .As(await NewTokenAsync())
                .PostAsync(Register, new { redirect_uris = new[] { RelyingParty.RedirectUri }, dpop_bound_access_tokens = true })
        ).Expect(201);
        Assert.True(registered["dpop_bound_access_tokens"]!.GetValue<bool>());
        var client = new RelyingParty(Admin, registered.Text("client_id"), registered.Text("client_secret"));
        var code = await client.CodeAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));

        (await client.RedeemAsync(code)).ExpectOAuth(400, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_change_does_not_take_what_administrators_have_set()
    {
        var (address, token, id) = await RegisteredAsync();
        (
            await Admin.PutAsync(
                $"/v2/oidc/clients/{id}",
                new
                {
                    settings = new
                    {
                        authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC",
                        redirectUris = new[] { RelyingParty.RedirectUri },
                        minimumAcr = "aal2",
                        scopes = new[] { "orders" },
                    },
                }
            )
        ).Expect(200);

        (await Admin.As(token).PutAsync(address, new { client_id = id, redirect_uris = new[] { "https://app.example/in" } })).Expect(200);

        var read = (await Admin.GetAsync($"/v2/oidc/clients/{id}")).Expect(200);
        Assert.Equal(("aal2", "orders"), (read.Text("client.settings.minimumAcr"), read.Text("client.settings.scopes.0")));
    }

    [Theory]
    [InlineData("""{"client_id":"another"}""")]
    [InlineData("""{"client_id":"{id}","client_secret":"guessed","redirect_uris":["https://app.example/"]}""")]
    [InlineData("""{"client_id":"{id}","registration_access_token":"x","redirect_uris":["https://app.example/"]}""")]
    public async Task A_change_that_claims_what_is_not_the_clients_own_is_refused(string body)
    {
        var (address, token, id) = await RegisteredAsync();

        (await Admin.As(token).PutAsync(address, new Raw(body.Replace("{id}", id, StringComparison.Ordinal)))).ExpectOAuth(
            400,
            "invalid_client_metadata"
        );
    }

    [Fact]
    public async Task A_client_registers_the_keys_with_which_it_signs_its_requests()
    {
        using var key = new RequestKey();
        var registered = (
            await Admin
                .As(await NewTokenAsync())
                .PostAsync(
                    Register,
                    new
                    {
                        redirect_uris = new[] { RelyingParty.RedirectUri },
                        request_object_signing_alg = "RS256",
                        require_signed_request_object = true,
                        jwks = JsonNode.Parse(key.KeySet),
                    }
                )
        ).Expect(201);

        Assert.Equal("RS256", registered.Text("request_object_signing_alg"));
        Assert.True(registered["require_signed_request_object"]!.GetValue<bool>());
        Assert.Equal("k1", registered.Text("jwks.keys.0.kid"));
        var client = new RelyingParty(Admin, registered.Text("client_id"), registered.Text("client_secret"));
        await client.RequestAsync(("request", key.Sign(client)));
        Assert.Contains("error=invalid_request", (await client.AuthorizeAsync()).Expect(302).Header("Location"), StringComparison.Ordinal);

        // A change that does not say so leaves it a client that signs, with the keys that it names.
        using var next = new RequestKey();
        var keys = JsonNode.Parse(next.KeySet)!;
        var changed = (
            await Admin
                .As(registered.Text("registration_access_token"))
                .PutAsync(
                    new Uri(registered.Text("registration_client_uri")).PathAndQuery,
                    new
                    {
                        client_id = client.Id,
                        redirect_uris = new[] { RelyingParty.RedirectUri },
                        jwks = keys,
                    }
                )
        ).Expect(200);
        Assert.True(changed["require_signed_request_object"]!.GetValue<bool>());
        Assert.Equal(keys["keys"]![0]!["n"]!.GetValue<string>(), changed.Text("jwks.keys.0.n"));
    }

    [Fact]
    public async Task A_client_registers_the_address_of_its_keys_and_may_send_the_keys_themselves_later()
    {
        await using var published = new OidcStub();
        var keys = $"{published.Issuer}/keys";
        var registered = (
            await Admin
                .As(await NewTokenAsync())
                .PostAsync(
                    Register,
                    new
                    {
                        redirect_uris = new[] { RelyingParty.RedirectUri },
                        token_endpoint_auth_method = "private_key_jwt",
                        jwks_uri = keys,
                    }
                )
        ).Expect(201);

        Assert.Equal(keys, registered.Text("jwks_uri"));
        Assert.False(registered.Has("jwks"));
        using var own = new RequestKey();
        var changed = (
            await Admin
                .As(registered.Text("registration_access_token"))
                .PutAsync(
                    new Uri(registered.Text("registration_client_uri")).PathAndQuery,
                    new
                    {
                        client_id = registered.Text("client_id"),
                        redirect_uris = new[] { RelyingParty.RedirectUri },
                        token_endpoint_auth_method = "private_key_jwt",
                        jwks = JsonNode.Parse(own.KeySet),
                    }
                )
        ).Expect(200);
        Assert.Equal("k1", changed.Text("jwks.keys.0.kid"));
        Assert.False(changed.Has("jwks_uri"));
    }

    [Theory]
    [InlineData("invalid_redirect_uri", "{}")]
    [InlineData("invalid_redirect_uri", """{"redirect_uris":["http://app.example/"]}""")]
    [InlineData("invalid_redirect_uri", """{"redirect_uris":["javascript:alert(1)"]}""")]
    [InlineData("unapproved_software_statement", """{"redirect_uris":["https://app.example/"],"software_statement":"x.y.z"}""")]
    [InlineData("invalid_client_metadata", "[]")]
    [InlineData("invalid_client_metadata", "nonsense")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":"https://app.example/"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://a.example/"],"jwks":{},"jwks_uri":"https://a.example/keys"}""")]
    [InlineData(
        "invalid_client_metadata",
        """{"redirect_uris":["https://a.example/"],"token_endpoint_auth_method":"private_key_jwt","jwks_uri":"http://a.example/keys"}"""
    )]
    [InlineData(
        "invalid_client_metadata",
        """{"redirect_uris":["https://a.example/"],"request_object_signing_alg":"RS256","jwks":{"keys":[{"kty":"RSA","n":"AQAB"}]}}"""
    )]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"grant_types":["client_credentials"]}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"response_types":["id_token"]}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"subject_type":"pairwise"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"userinfo_signed_response_alg":"none"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"require_signed_request_object":true}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"request_object_signing_alg":"none"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"request_object_signing_alg":"HS256"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"token_endpoint_auth_method":"private_key_jwt"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"client_name":"a\u0000b"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://app.example/"],"client_name":"\ud800"}""")]
    [InlineData("invalid_client_metadata", """{"\ud800":1}""")]
    [InlineData("invalid_client_metadata", """{"scope":"urn:zitadel:iam:org:project:id:zitadel:aud"}""")]
    [InlineData("invalid_client_metadata", """{"redirect_uris":["https://a.example/"],"frontchannel_logout_uri":"https://b.example/"}""")]
    public async Task Metadata_that_cannot_be_honoured_are_refused_and_use_no_token(string error, string body)
    {
        var initial = await NewTokenAsync();

        (await Admin.As(initial).PostAsync(Register, new Raw(body))).ExpectOAuth(400, error);
        (await RegisterAsync(initial)).Expect(201);
    }

    [Fact]
    [Asvs("10.4.7")]
    public async Task A_token_is_good_for_as_many_clients_as_it_says_and_until_it_is_removed()
    {
        var twice = await NewTokenAsync(uses: 2);
        (await RegisterAsync(twice)).Expect(201);
        (await RegisterAsync(twice)).Expect(201);
        (await RegisterAsync(twice)).ExpectOAuth(401, "invalid_token");

        var created = (await Admin.PostAsync(InitialTokens, new { uses = 5, lifetime = "60s" })).Expect(201);
        var id = created.Text("initialAccessToken.tokenId");
        Assert.Contains(id, (await Admin.GetAsync(InitialTokens)).Expect(200).Body, StringComparison.Ordinal);
        (await RegisterAsync($"{created.Text("token")}x")).ExpectOAuth(401, "invalid_token");
        (await Admin.DeleteAsync($"{InitialTokens}/{id}")).Expect(200);
        (await RegisterAsync(created.Text("token"))).ExpectOAuth(401, "invalid_token");
        (await RegisterAsync(null)).ExpectOAuth(401, "invalid_token");
        (await RegisterAsync(OtherKind)).ExpectOAuth(401, "invalid_token");
    }

    [Theory]
    [InlineData(1001, "60s")]
    [InlineData(1, "0s")]
    [InlineData(1, "-1s")]
    [InlineData(1, "31536001s")]
    [InlineData(1, "315576000000s")]
    public async Task A_token_has_limits(int uses, string lifetime) =>
        (await Admin.PostAsync(InitialTokens, new { uses, lifetime })).Expect(400);

    [Fact]
    public async Task Discovery_names_the_endpoint_only_where_it_is_open() =>
        Assert.EndsWith(
            Register,
            (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200).Text("registration_endpoint"),
            StringComparison.Ordinal
        );

    private async Task<string> NewTokenAsync(int uses = 1) =>
        (await Admin.PostAsync(InitialTokens, new { uses })).Expect(201).Text("token");

    private Task<Reply> RegisterAsync(string? initial) =>
        Admin.As(initial).PostAsync(Register, new { redirect_uris = new[] { RelyingParty.RedirectUri } });

    private async Task<(string Address, string Token, string Id)> RegisteredAsync()
    {
        var reply = (await RegisterAsync(await NewTokenAsync())).Expect(201);
        return (
            new Uri(reply.Text("registration_client_uri")).PathAndQuery,
            reply.Text("registration_access_token"),
            reply.Text("client_id")
        );
    }

    /// <summary>A host at which applications may register themselves.</summary>
    public sealed class OpenHost : OwnHosts
    {
        private Api? _api;

        /// <summary>The administrator.</summary>
        public Api Api => _api!;

        public override async ValueTask InitializeAsync() =>
            _api = Admin(await StartAsync(HostSettings.Shared.With("Sessions__Oidc__AllowRegistration", "true")));
    }
}
