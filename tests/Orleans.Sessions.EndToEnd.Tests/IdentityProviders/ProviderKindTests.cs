using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Every kind of provider: how it is set up and shown, and complete logins at providers without a discovery document.</summary>
public abstract class ProviderKindTests(SharedHost host) : ContractTests(host)
{
    private const string Templates = "/admin/v1/idps/templates";

    /// <summary>The path of each kind, its name in the contract, and what its settings have besides names, secret and scopes.</summary>
    private static readonly Dictionary<string, (string Path, string Type, string Special)> s_kinds = new()
    {
        ["OAuth"] = ("oauth", "OAUTH", Endpoints("https://idp.example.com", ""","idAttribute":"uuid","usePkce":true""")),
        ["Entra ID, one tenant"] = ("azure", "AZURE_AD", """{"tenant":{"tenantId":"contoso.example"},"emailVerified":true}"""),
        ["Entra ID, personal"] = ("azure", "AZURE_AD", """{"tenant":{"tenantType":"AZURE_AD_TENANT_TYPE_CONSUMERS"}}"""),
        ["GitHub"] = ("github", "GITHUB", "{}"),
        ["GitHub Enterprise Server"] = ("github_es", "GITHUB_ES", Endpoints("https://github.example.com")),
        ["GitLab"] = ("gitlab", "GITLAB", "{}"),
        ["GitLab of one's own"] = ("gitlab_self_hosted", "GITLAB_SELF_HOSTED", """{"issuer":"https://gitlab.example.com"}"""),
        ["Google"] = ("google", "GOOGLE", "{}"),
        ["JWT"] = (
            "generic_jwt",
            "JWT",
            """
            {"issuer":"gateway","jwtEndpoint":"https://sso.example.com/login","keysEndpoint":"https://sso.example.com/keys",
            "headerName":"x-token"}
            """
        ),
        ["Apple"] = ("apple", "APPLE", """{"teamId":"TEAM123456","keyId":"KEY1234567"}"""),
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_provider_of_every_kind_is_added_shown_changed_and_removed(string name)
    {
        var (path, type, special) = s_kinds[name];
        var body = Body(path, special);
        var id = await AddAsync(path, special);

        foreach (
            var (shown, kind) in new[]
            {
                (await Admin.GetAsync($"{Templates}/{id}"), $"PROVIDER_TYPE_{type}"),
                (await Admin.GetAsync($"/v2/idps/{id}"), $"IDP_TYPE_{type}"),
            }
        )
        {
            Assert.Equal((kind, "Provider"), (shown.Expect(200).Text("idp.type"), shown.Text("idp.name")));
            Assert.True(shown["idp.config.options.isLinkingAllowed"]!.GetValue<bool>());
            var config = shown[$"idp.config.{Member(path)}"]!.AsObject();
            if (path != "generic_jwt")
            {
                Assert.Equal("client", config["clientId"]!.GetValue<string>());

                // Providers of OAuth 2.0 have no scopes in common.
                Assert.Equal(path != "oauth", config.ContainsKey("scopes"));
            }

            foreach (var (key, value) in JsonNode.Parse(special)!.AsObject().Where(member => kind[0] == 'P' || member.Key != "usePkce"))
            {
                Assert.True(JsonNode.DeepEquals(value, config[key]), $"{key}: {config}");
            }

            Assert.DoesNotContain("very secret", shown.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("PRIVATE KEY", shown.Body, StringComparison.Ordinal);
        }

        var offered = (await Admin.GetAsync("/v2/settings/login/idps")).Expect(200).Items("identityProviders");
        var mine = offered.Single(provider => provider["id"]!.GetValue<string>() == id);
        Assert.Equal($"IDENTITY_PROVIDER_TYPE_{type}", mine["type"]!.GetValue<string>());

        // An update without the secret keeps it.
        body["name"] = "Renamed";
        body.Remove("clientSecret");
        body.Remove("privateKey");
        var change = new Raw(body.ToJsonString());
        var changed = path.StartsWith("gitlab", StringComparison.Ordinal)
            ? await Admin.PostAsync($"/admin/v1/idps/{path}/{id}", change)
            : await Admin.PutAsync($"/admin/v1/idps/{path}/{id}", change);
        Assert.Equal(2, changed.Expect(200).Number("details.sequence"));
        Assert.Equal("Renamed", (await Admin.GetAsync($"{Templates}/{id}")).Expect(200).Text("idp.name"));

        (await Admin.DeleteAsync($"{Templates}/{id}")).Expect(200);
    }

    [Fact]
    public async Task A_provider_is_changed_only_as_what_it_is()
    {
        var id = await AddAsync("google", "{}");

        var refused = (await Admin.PutAsync($"/admin/v1/idps/github/{id}", new Raw(Body("github", "{}").ToJsonString()))).Expect(404);

        Assert.Equal("COMMAND-idpNf", refused.Text("details.0.id"));
        (await Admin.DeleteAsync($"{Templates}/{id}")).Expect(200);
    }

    [Theory]
    [InlineData("oauth", """{"idAttribute":"id"}""", "authorizationEndpoint")]
    [InlineData("azure", """{"tenant":{"tenantId":"a/b"}}""", "tenant")]
    [InlineData("apple", """{"teamId":"TEAM123456"}""", "keyId")]
    [InlineData("apple", """{"teamId":"TEAM123456","keyId":"KEY1234567","privateKey":"bm8ga2V5"}""", "privateKey")]
    public async Task Bad_settings_are_refused_by_the_name_of_the_field(string path, string special, string field)
    {
        var refused = (await Admin.PostAsync($"/admin/v1/idps/{path}", new Raw(Body(path, special).ToJsonString()))).Expect(400);

        Assert.Equal("COMMAND-idpIn", refused.Text("details.0.id"));
        Assert.Contains(field, refused.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_set_up_providers_sets_up_none_of_any_kind()
    {
        var client = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;
        foreach (var (path, _, special) in s_kinds.Values)
        {
            var body = new Raw(Body(path, special).ToJsonString());
            (await client.PostAsync($"/admin/v1/idps/{path}", body)).Expect(Failures.NoPermission);
        }
    }

    [Fact]
    public async Task A_person_of_GitHub_is_created_linked_and_logged_in()
    {
        await using var stub = new OAuthStub();
        var name = Unique("octocat");
        stub.Answer("/user", $$"""{"login":"{{name}}","id":{{Random.Shared.Next()}},"name":"Mona Lisa Octocat"}""");
        stub.Answer("/user/emails", $$"""[{"email":"{{name}}@example.com","primary":true,"verified":true}]""");
        var provider = await AddAsync("github_es", Endpoints(stub.Address));

        var login = await LogInAsync(provider);
        Assert.Null(login.UserId);
        var retrieved = (await Admin.RetrieveAsync(login)).Expect(200);
        Assert.Equal((name, name), (retrieved.Text("idpInformation.userName"), retrieved.Text("idpInformation.rawInformation.login")));
        Assert.Equal("gho_access", retrieved.Text("idpInformation.oauth.accessToken"));
        Assert.True(retrieved["addHumanUser.email.isVerified"]!.GetValue<bool>());
        Assert.Equal("Mona Lisa", retrieved.Text("addHumanUser.profile.givenName"));

        var created = await Admin.PostAsync("/v2/users/human", new Raw(retrieved["addHumanUser"]!.ToJsonString()));
        var userId = created.Expect(200).Text("userId");
        (await Admin.UseAsync(userId, login)).Expect(201);
        Assert.Equal(userId, (await LogInAsync(provider)).UserId);
        (await Admin.DeleteAsync($"{Templates}/{provider}")).Expect(200);
    }

    [Fact]
    public async Task A_login_that_a_provider_of_OAuth_refuses_ends_at_the_failure_page()
    {
        await using var stub = new OAuthStub();
        stub.Answer("/user", """{"id":{}}""");
        var provider = await AddAsync("oauth", Endpoints(stub.Address, ""","idAttribute":"id" """));

        var unusable = (await ComeBackAsync(provider, "code=any")).Expect(FailureUrl);
        var refused = (await ComeBackAsync(provider, "error=access_denied")).Expect(FailureUrl);

        Assert.Equal(("IDP-Upst1", null), (unusable["error"], unusable["token"]));
        Assert.Equal(("access_denied", null), (refused["error"], refused["token"]));
        (await Admin.DeleteAsync($"{Templates}/{provider}")).Expect(200);
    }

    [Fact]
    public async Task A_person_logs_in_by_the_token_that_a_gateway_puts_into_a_header()
    {
        await using var stub = new OidcStub();
        var special = $$"""
            {"issuer":"{{stub.Issuer}}","jwtEndpoint":"{{stub.Issuer}}/login","keysEndpoint":"{{stub.Issuer}}/keys","headerName":"x-sso-token"}
            """;
        var provider = await AddAsync("generic_jwt", special);
        var subject = Unique("subject");
        var claims = new JsonObject
        {
            ["iss"] = stub.Issuer,
            ["sub"] = subject,
            ["name"] = "Minnie Mouse",
            ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60,
        };

        var refused = (await ArriveAsync("x-other-token")).Expect(FailureUrl);
        var login = Succeeded(await ArriveAsync("x-sso-token"));

        Assert.Null(refused["token"]);
        var retrieved = (await Admin.RetrieveAsync(login)).Expect(200);
        Assert.Equal(subject, retrieved.Text("idpInformation.userId"));
        Assert.Equal("Minnie Mouse", retrieved.Text("idpInformation.rawInformation.name"));
        (await Admin.DeleteAsync($"{Templates}/{provider}")).Expect(200);

        async Task<Landing> ArriveAsync(string header)
        {
            var page = new Uri(await Admin.AuthUrlAsync(provider));
            Assert.Equal($"{stub.Issuer}/login", page.GetLeftPart(UriPartial.Path));
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Admin.Host.Address, $"/idps/jwt{page.Query}"));
            request.Headers.Add(header, stub.Sign(claims));
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return await Landing.OfAsync(response);
        }
    }

    private static string Member(string path) =>
        path switch
        {
            "azure" => "azureAd",
            "github_es" => "githubEs",
            "gitlab_self_hosted" => "gitlabSelfHosted",
            "generic_jwt" => "jwt",
            _ => path,
        };

    private static string Endpoints(string address, string more = "") =>
        $$"""
            {"authorizationEndpoint":"{{address}}/authorize","tokenEndpoint":"{{address}}/token","userEndpoint":"{{address}}/user"{{more}}}
            """;

    private static JsonObject Body(string path, string special)
    {
        var body = JsonNode.Parse(special)!.AsObject();
        (body["name"], body["clientId"]) = ("Provider", "client");
        body["providerOptions"] = new JsonObject { ["isLinkingAllowed"] = true, ["isCreationAllowed"] = true };
        if (path != "apple")
        {
            body["clientSecret"] = "very secret";
        }
        else if (!body.ContainsKey("privateKey"))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            body["privateKey"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        }

        return body;
    }

    private async Task<string> AddAsync(string path, string special) =>
        (await Admin.PostAsync($"/admin/v1/idps/{path}", new Raw(Body(path, special).ToJsonString()))).Expect(200).Text("id");

    private async Task<Login> LogInAsync(string provider) => Succeeded(await ComeBackAsync(provider, "code=any"));

    private async Task<Landing> ComeBackAsync(string provider, string answer)
    {
        var request = Landing.Parameters(new Uri(await Admin.AuthUrlAsync(provider)));
        using var browser = new Browser();
        return await browser.ArriveAsync(new Uri(Admin.Host.Address, $"/idps/callback?{answer}&state={request["state"]}"));
    }
}

public sealed class ProviderKindTestsOnSqlite(SqliteHost host) : ProviderKindTests(host);

public sealed class ProviderKindTestsOnPostgreSql(PostgreSqlHost host) : ProviderKindTests(host);
