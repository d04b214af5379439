using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The roles of people in projects, in everything that applications are told about people.</summary>
public abstract class ProjectRoleTests(SharedHost host) : ContractTests(host)
{
    private const string Roles = "urn:zitadel:iam:org:project:roles";
    private const string AllRoles = "urn:zitadel:iam:org:projects:roles";

    [Fact]
    public async Task Every_place_tells_the_roles_and_the_next_question_knows_of_a_change()
    {
        var project = await ProjectAsync(new { projectRoleAssertion = true });
        var client = await ApplicationAsync(
            project,
            new
            {
                accessTokenType = "OIDC_TOKEN_TYPE_JWT",
                accessTokenRoleAssertion = true,
                idTokenRoleAssertion = true,
                idTokenUserinfoAssertion = true,
            }
        );
        var api = await ApiAsync(project);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var authorization = await AuthorizeAsync(human.Id, project, "admin");

        var tokens = await client.SignInAsync(session, "openid email offline_access");

        var idToken = await Jwt.VerifyAsync(Admin, tokens.Text("id_token"), "JWT");
        var accessToken = await Jwt.VerifyAsync(Admin, tokens.Text("access_token"), "at+jwt");
        Assert.Equal(human.Email, idToken["email"]!.GetValue<string>());
        foreach (var claims in new[] { idToken, accessToken })
        {
            Assert.Equal(["admin"], KeysOf(claims[Roles]));
            Assert.Equal(["admin"], KeysOf(claims[RolesOf(project)]));
            Assert.Equal(
                new[] { api.Id, client.Id, project }.Order(StringComparer.Ordinal),
                claims["aud"]!.AsArray().Select(audience => audience!.GetValue<string>()).Order(StringComparer.Ordinal)
            );
        }

        Assert.Equal([await OrganizationAsync()], KeysOf(idToken[Roles]!["admin"]));
        await client.RequestAsync(("id_token_hint", tokens.Text("id_token")));
        Assert.Equal(["admin"], KeysOf(await ToldAsync(api, tokens.Text("access_token"))));
        Assert.Equal(["admin"], KeysOf((await UserInfoAsync(tokens.Text("access_token")))[Roles]));

        await CallAsync("authorization", "UpdateAuthorization", new { id = authorization, roleKeys = new[] { "reader" } });

        Assert.Equal(["reader"], KeysOf((await UserInfoAsync(tokens.Text("access_token")))[Roles]));
        tokens = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        Assert.Equal(["reader"], KeysOf(Jwt.Claims(tokens.Text("access_token"))[Roles]));

        await CallAsync("project", "RemoveProjectRole", new { projectId = project, roleKey = "reader" });

        Assert.Null((await UserInfoAsync(tokens.Text("access_token")))[Roles]);
        tokens = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        Assert.Null(Jwt.Claims(tokens.Text("access_token"))[Roles]);
    }

    [Fact]
    public async Task Without_assertion_only_scopes_bring_roles()
    {
        var project = await ProjectAsync();
        var client = await ApplicationAsync(project, new { idTokenRoleAssertion = true });
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        await AuthorizeAsync(human.Id, project, "admin", "reader");

        var silent = await client.SignInAsync(session, "openid");
        Assert.Null(Jwt.Claims(silent.Text("id_token"))[Roles]);
        Assert.Null((await UserInfoAsync(silent.Text("access_token")))[Roles]);

        var one = await client.SignInAsync(session, "openid urn:zitadel:iam:org:project:role:reader");
        Assert.Equal(["reader"], KeysOf(Jwt.Claims(one.Text("id_token"))[Roles]));
        Assert.Equal(["reader"], KeysOf((await UserInfoAsync(one.Text("access_token")))[Roles]));

        var all = await client.SignInAsync(session, $"openid {Roles}");
        Assert.Equal(["admin", "reader"], KeysOf((await UserInfoAsync(all.Text("access_token")))[Roles]));
        Assert.Null(Jwt.Claims(all.Text("id_token"))["email"]);
    }

    [Fact]
    public async Task Another_project_is_told_only_if_the_registration_names_it()
    {
        var (own, other) = (await ProjectAsync(), await ProjectAsync());
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        await AuthorizeAsync(human.Id, other, "admin");
        var scope = $"openid {AllRoles} {RelyingParty.AudienceScope(other)}";
        var stranger = await RelyingParty.RegisterAsync(Admin, ("projectId", own));
        var friend = await RelyingParty.RegisterAsync(Admin, ("projectId", own), ("scopes", new[] { RelyingParty.AudienceScope(other) }));
        var api = await ApiAsync(other);

        var refused = await stranger.SignInAsync(session, scope);
        Assert.Null((await UserInfoAsync(refused.Text("access_token")))[RolesOf(other)]);
        Assert.False(await api.IsActiveAsync(refused.Text("access_token")));

        var told = await friend.SignInAsync(session, scope);
        Assert.Equal(["admin"], KeysOf((await UserInfoAsync(told.Text("access_token")))[RolesOf(other)]));
        Assert.True(await api.IsActiveAsync(told.Text("access_token")));
        Assert.Null((await UserInfoAsync(told.Text("access_token")))[Roles]);
    }

    [Fact]
    public async Task The_audiences_of_a_registration_are_none_of_the_id_token()
    {
        var project = await ProjectAsync();
        var api = await RelyingParty.RegisterAsync(Admin);
        var client = await RelyingParty.RegisterAsync(Admin, ("projectId", project), ("audiences", new[] { api.Id }));

        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));

        Assert.True(await api.IsActiveAsync(tokens.Text("access_token")));
        Assert.Equal(
            new[] { client.Id, project }.Order(StringComparer.Ordinal),
            Jwt.Claims(tokens.Text("id_token"))["aud"]!
                .AsArray()
                .Select(audience => audience!.GetValue<string>())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_project_can_demand_an_authorization_and_its_organization()
    {
        var project = await ProjectAsync(new { authorizationRequired = true });
        var client = await ApplicationAsync(project, new { });
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var request = await client.RequestAsync();
        var verdict = await EvaluateAsync(session, request);
        Assert.Equal(("OIDC-foSyH49RvL", false), (verdict.Text("refusalId"), verdict.Has("sufficient")));
        (await client.CompleteAsync(request, session)).Expect(
            new Failure(403, 7, "OIDC-foSyH49RvL", "Errors.User.GrantRequired: the user has no authorization for the project")
        );

        await AuthorizeAsync(human.Id, project);

        Assert.True((await EvaluateAsync(session, request)).Has("sufficient"));
        await client.SignInAsync(session, "openid");

        await CallAsync("project", "UpdateProject", new { projectId = project, projectAccessRequired = true });
        var elsewhere = await Admin.NewHumanAsync(organizationId: Unique("elsewhere"));
        await AuthorizeAsync(elsewhere.Id, project);
        (await client.CompleteAsync(await client.RequestAsync(), await Admin.OpenAsync(elsewhere))).Expect(
            new Failure(
                403,
                7,
                "OIDC-foSyH49RvL",
                "Errors.User.ProjectRequired: the project is not granted to the organization of the user"
            )
        );
        await client.SignInAsync(session, "openid");
    }

    [Fact]
    public async Task An_inactive_application_or_project_is_not_there()
    {
        var project = await ProjectAsync();
        var client = await ApplicationAsync(project, new { grantTypes = new[] { "OIDC_GRANT_TYPE_AUTHORIZATION_CODE" } });
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var token = (await client.SignInAsync(session, "openid")).Text("access_token");

        await CallAsync("application", "DeactivateApplication", new { applicationId = client.Id, projectId = project });
        await Eventually.StatusAsync(400, () => client.AuthorizeAsync(), TimeSpan.FromSeconds(2));
        (await Admin.As(token).GetAsync("/oidc/v1/userinfo")).Expect(401);
        await CallAsync("application", "ReactivateApplication", new { applicationId = client.Id, projectId = project });
        await Eventually.StatusAsync(302, () => client.AuthorizeAsync(), TimeSpan.FromSeconds(2));

        await CallAsync("project", "DeactivateProject", new { projectId = project });
        await Eventually.StatusAsync(400, () => client.AuthorizeAsync(), TimeSpan.FromSeconds(2));
        await CallAsync("project", "DeleteProject", new { projectId = project });
        (await Admin.PostAsync("/zitadel.application.v2.ApplicationService/GetApplication", new { applicationId = client.Id })).Expect(404);
    }

    [Fact]
    public async Task An_api_proves_itself_with_a_key_that_was_made_here()
    {
        var project = await ProjectAsync();
        var client = await ApplicationAsync(project, new { });
        var token = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()), "openid")).Text("access_token");
        var api = (
            await CreateAsync(project, new { apiConfiguration = new { authMethodType = "API_AUTH_METHOD_TYPE_PRIVATE_KEY_JWT" } })
        ).Text("applicationId");
        var made = await CallAsync("application", "CreateApplicationKey", new { applicationId = api, projectId = project });
        var file = JsonNode.Parse(Convert.FromBase64String(made.Text("keyDetails")))!;
        Assert.Equal(("application", api), (file["type"]!.GetValue<string>(), file["clientId"]!.GetValue<string>()));
        using var key = RSA.Create();
        key.ImportFromPem(file["key"]!.GetValue<string>());
        Task<Reply> AskAsync() =>
            Admin
                .As(null)
                .PostFormAsync(
                    "/oauth/v2/introspect",
                    ("client_id", api),
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    (
                        "client_assertion",
                        Jwt.Sign(
                            key,
                            made.Text("keyId"),
                            new
                            {
                                iss = api,
                                sub = api,
                                aud = Admin.Host.Address.AbsoluteUri.TrimEnd('/'),
                                exp = Jwt.Now + 60,
                            }
                        )
                    ),
                    ("token", token)
                );

        await Eventually.StatusAsync(200, AskAsync, TimeSpan.FromSeconds(2));
        Assert.True((await AskAsync()).Expect(200)["active"]!.GetValue<bool>());

        await CallAsync(
            "application",
            "DeleteApplicationKey",
            new
            {
                applicationId = api,
                projectId = project,
                keyId = made.Text("keyId"),
            }
        );
        await Eventually.StatusAsync(401, AskAsync, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_personal_access_token_is_known_where_access_tokens_are()
    {
        var project = await ProjectAsync(new { projectRoleAssertion = true });
        var api = await ApiAsync(project);
        var machine = await Admin.NewMachineAsync();
        await AuthorizeAsync(machine.Id, project, "admin");
        var token = machine.Api.Token!;

        var info = await UserInfoAsync(token);
        Assert.Equal((machine.Id, machine.LoginName), (info["sub"]!.GetValue<string>(), info["preferred_username"]!.GetValue<string>()));
        var told = (await api.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200);
        Assert.True(told["active"]!.GetValue<bool>());
        Assert.Equal(machine.Id, told.Text("sub"));
        Assert.Equal(["admin"], KeysOf(told.Json![Roles]));

        (await Admin.DeleteAsync($"/v2/users/{machine.Id}/pats/{machine.TokenId}")).Expect(200);

        (await Admin.As(token).GetAsync("/oidc/v1/userinfo")).Expect(401);
        Assert.False(await api.IsActiveAsync(token));
    }

    [Fact]
    public async Task What_is_not_offered_is_refused_by_name()
    {
        var project = await ProjectAsync();

        Assert.Contains(
            "GrantTypes: the implicit grant is not offered",
            (await TryAsync(project, new { oidcConfiguration = new { grantTypes = new[] { "OIDC_GRANT_TYPE_IMPLICIT" } } }))
                .Expect(400)
                .Text("message"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "LoginV1: there are no login pages of version 1",
            (await TryAsync(project, new { oidcConfiguration = new { loginVersion = new { loginV1 = new { } } } }))
                .Expect(400)
                .Text("message"),
            StringComparison.Ordinal
        );
        (await TryAsync(project, new { samlConfiguration = new { metadataUrl = "https://sp.example/metadata" } })).Expect(501);
        (await TryAsync(project, new { })).Expect(400);
    }

    private async Task<Reply> EvaluateAsync(OpenSession session, string authRequestId)
    {
        var body = new
        {
            sessionId = session.Id,
            sessionToken = session.Token,
            authRequestId,
        };
        return (await Admin.PostAsync("/v2/sessions/evaluate", body)).Expect(200);
    }

    private static string RolesOf(string project) => $"urn:zitadel:iam:org:project:{project}:roles";

    private static IEnumerable<string> KeysOf(JsonNode? roles) => (roles as JsonObject ?? []).Select(role => role.Key).Order();

    private async Task<string> OrganizationAsync() =>
        (await Admin.PostAsync("/v2/organizations/_search", new { queries = new[] { new { defaultQuery = new { } } } }))
            .Expect(200)
            .Text("result.0.id");

    private async Task<JsonObject> UserInfoAsync(string token) => (await Admin.As(token).GetAsync("/oidc/v1/userinfo")).Expect(200).Json!;

    private static async Task<JsonNode?> ToldAsync(RelyingParty api, string token) =>
        (await api.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200).Json![Roles];

    private async Task<Reply> CallAsync(string area, string method, object body)
    {
        var service = $"{char.ToUpperInvariant(area[0])}{area[1..]}Service";
        return (await Admin.PostAsync($"/zitadel.{area}.v2.{service}/{method}", body)).Expect(200);
    }

    /// <summary>A project of the default organization with the roles admin and reader.</summary>
    private async Task<string> ProjectAsync(object? settings = null)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(settings ?? new { }))!.AsObject();
        body["organizationId"] = await OrganizationAsync();
        body["name"] = Unique("project");
        var project = (await CallAsync("project", "CreateProject", body)).Text("projectId");
        foreach (var roleKey in new[] { "admin", "reader" })
        {
            await CallAsync(
                "project",
                "AddProjectRole",
                new
                {
                    projectId = project,
                    roleKey,
                    displayName = roleKey,
                }
            );
        }

        return project;
    }

    private async Task<RelyingParty> ApplicationAsync(string project, object settings)
    {
        var oidc = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(settings))!.AsObject();
        oidc["redirectUris"] = new JsonArray(RelyingParty.RedirectUri);
        oidc["grantTypes"] ??= new JsonArray("OIDC_GRANT_TYPE_AUTHORIZATION_CODE", "OIDC_GRANT_TYPE_REFRESH_TOKEN");
        var made = await CreateAsync(project, new { oidcConfiguration = oidc });
        return new RelyingParty(Admin, made.Text("oidcConfiguration.clientId"), made.Text("oidcConfiguration.clientSecret"));
    }

    private async Task<RelyingParty> ApiAsync(string project)
    {
        var made = await CreateAsync(project, new { apiConfiguration = new { } });
        return new RelyingParty(Admin, made.Text("apiConfiguration.clientId"), made.Text("apiConfiguration.clientSecret"));
    }

    private async Task<Reply> CreateAsync(string project, object configuration) => (await TryAsync(project, configuration)).Expect(200);

    private Task<Reply> TryAsync(string project, object configuration)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(configuration))!.AsObject();
        body["projectId"] = project;
        body["name"] = Unique("application");
        return Admin.PostAsync("/zitadel.application.v2.ApplicationService/CreateApplication", body);
    }

    private async Task<string> AuthorizeAsync(string userId, string project, params string[] roleKeys) =>
        (
            await CallAsync(
                "authorization",
                "CreateAuthorization",
                new
                {
                    userId,
                    projectId = project,
                    roleKeys,
                }
            )
        ).Text("id");
}

public sealed class ProjectRoleTestsOnSqlite(SqliteHost host) : ProjectRoleTests(host);

public sealed class ProjectRoleTestsOnPostgreSql(PostgreSqlHost host) : ProjectRoleTests(host);
