using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Claims that the registration of a client adds.</summary>
public abstract class FurtherClaimsTests(SharedHost host) : ContractTests(host)
{
    private static readonly object[] s_claims =
    [
        new
        {
            name = "groups",
            source = "CLAIM_SOURCE_FIXED",
            key = """["staff"]""",
            json = true,
        },
        new
        {
            name = "department",
            source = "CLAIM_SOURCE_METADATA",
            key = "department",
        },
        new
        {
            name = "address",
            source = "CLAIM_SOURCE_METADATA",
            key = "address",
            json = true,
        },
        new
        {
            name = "login",
            source = "CLAIM_SOURCE_PROFILE",
            key = "userName",
            targets = new[] { "CLAIM_TARGET_USER_INFO" },
        },
    ];

    [Fact]
    public async Task Claims_come_from_metadata_fields_and_fixed_texts_where_they_are_wanted()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("claims", s_claims), ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"));
        var human = await Admin.NewHumanAsync();
        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/metadata",
                new
                {
                    metadata = new[]
                    {
                        new { key = "department", value = Base64("sales") },
                        new { key = "address", value = Base64("""{"country":"CH"}""") },
                    },
                }
            )
        ).Expect(200);

        var tokens = await client.SignInAsync(await Admin.OpenAsync(human), "openid");

        var access = tokens.Text("access_token");
        var info = (await Admin.As(access).GetAsync("/oidc/v1/userinfo")).Expect(200);
        var told = (await client.PostAsync("/oauth/v2/introspect", ("token", access))).Expect(200);
        Assert.Equal(("staff", "sales", "CH"), (info.Text("groups.0"), info.Text("department"), info.Text("address.country")));
        Assert.Equal(("staff", "sales", "CH"), (told.Text("groups.0"), told.Text("department"), told.Text("address.country")));
        Assert.True(info.Has("login"));
        Assert.False(told.Has("login"));
        foreach (var token in new[] { access, tokens.Text("id_token") })
        {
            var claims = Jwt.Claims(token);
            Assert.Equal("staff", claims["groups"]![0]!.GetValue<string>());
            Assert.Equal("CH", claims["address"]!["country"]!.GetValue<string>());
            Assert.Null(claims["login"]);
        }
    }

    [Fact]
    public async Task Standard_claims_that_are_no_fields_come_from_metadata()
    {
        string[] names = ["birthdate", "gender", "zoneinfo", "locale", "picture", "website", "profile", "middle_name"];
        var client = await RelyingParty.RegisterAsync(
            Admin,
            (
                "claims",
                names.Select(name => new
                {
                    name,
                    source = "CLAIM_SOURCE_METADATA",
                    key = name,
                })
            )
        );
        var human = await Admin.NewHumanAsync();
        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/metadata",
                new { metadata = names.Select(name => new { key = name, value = Base64($"the {name}") }) }
            )
        ).Expect(200);

        var tokens = await client.SignInAsync(await Admin.OpenAsync(human), "openid profile");

        var info = (await Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);
        Assert.All(names, name => Assert.Equal($"the {name}", info.Text(name)));
    }

    [Theory]
    [InlineData("sub", "CLAIM_SOURCE_FIXED", "x", "reserved")]
    [InlineData("urn:zitadel:iam:org:project:roles", "CLAIM_SOURCE_FIXED", "x", "reserved")]
    [InlineData("email", "CLAIM_SOURCE_METADATA", "mail", "reserved")]
    [InlineData("phone_number", "CLAIM_SOURCE_PROFILE", "email", "reserved")]
    [InlineData("mail", "CLAIM_SOURCE_PROFILE", "password", "PROFILE")]
    [InlineData("mail", "CLAIM_SOURCE_METADATA", "", "METADATA")]
    public async Task A_claim_that_cannot_be_is_refused_with_its_rule(string name, string source, string key, string rule)
    {
        var reply = await Admin.PostAsync(
            "/v2/oidc/clients",
            new
            {
                settings = new
                {
                    redirectUris = new[] { RelyingParty.RedirectUri },
                    claims = new[]
                    {
                        new
                        {
                            name,
                            source,
                            key,
                        },
                    },
                },
            }
        );

        Assert.Contains(rule, reply.Expect(400).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_are_told_as_a_list_of_their_keys()
    {
        var project = await NewProjectAsync("admin", "reader");
        var client = await RelyingParty.RegisterAsync(
            Admin,
            (
                "claims",
                new object[]
                {
                    new
                    {
                        name = "groups",
                        source = "CLAIM_SOURCE_ROLES",
                        key = project,
                    },
                    new { name = "own_groups", source = "CLAIM_SOURCE_ROLES" },
                }
            )
        );
        var (member, stranger) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        await CallAsync(
            "zitadel.authorization.v2.AuthorizationService/CreateAuthorization",
            new
            {
                userId = member.Id,
                projectId = project,
                roleKeys = new[] { "admin" },
            }
        );

        async Task<JsonObject> ClaimsAsync(Human human) =>
            Jwt.Claims((await client.SignInAsync(await Admin.OpenAsync(human), "openid")).Text("id_token"));
        var (told, none) = (await ClaimsAsync(member), await ClaimsAsync(stranger));

        Assert.Equal(["admin"], told["groups"]!.AsArray().Select(key => key!.GetValue<string>()));
        Assert.Empty(none["groups"]!.AsArray());
        Assert.Null(told["own_groups"]);
    }

    /// <summary>A project of the default organization with these roles.</summary>
    private async Task<string> NewProjectAsync(params string[] roles)
    {
        var organizationId = (
            await Admin.PostAsync("/v2/organizations/_search", new { queries = new[] { new { defaultQuery = new { } } } })
        )
            .Expect(200)
            .Text("result.0.id");
        var project = (
            await CallAsync("zitadel.project.v2.ProjectService/CreateProject", new { organizationId, name = Unique("project") })
        ).Text("projectId");
        foreach (var roleKey in roles)
        {
            await CallAsync(
                "zitadel.project.v2.ProjectService/AddProjectRole",
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

    private async Task<Reply> CallAsync(string method, object body) => (await Admin.PostAsync($"/{method}", body)).Expect(200);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

public sealed class FurtherClaimsTestsOnSqlite(SqliteHost host) : FurtherClaimsTests(host);

public sealed class FurtherClaimsTestsOnPostgreSql(PostgreSqlHost host) : FurtherClaimsTests(host);
