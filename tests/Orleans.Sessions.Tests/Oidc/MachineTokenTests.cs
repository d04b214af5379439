using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Tests.EveryMethod.Harness;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>The access tokens of service accounts have the form that the account says, and the roles that their scopes ask for.</summary>
public sealed class MachineTokenTests(Stage stage) : IClassFixture<Stage>
{
    private const string AllRoles = "urn:zitadel:iam:org:projects:roles";

    [Theory]
    [InlineData(MachineTokenType.Opaque)]
    [InlineData(MachineTokenType.Jwt)]
    public async Task A_service_account_gets_the_form_of_token_that_it_wants(MachineTokenType type)
    {
        var projects = stage.Grains.GetGrain<IProjectsGrain>(GrainKeys.Instance);
        var project = await projects.CreateAsync(
            Caller.InCluster,
            new NewProject
            {
                Id = RandomText.NewId(),
                OrganizationId = SessionCluster.OrganizationId,
                Settings = new ProjectChange { Name = RandomText.NewId() },
            }
        );
        await projects.AddRoleAsync(Caller.InCluster, project.Id, new ProjectRoleChange("admin", "Admin", null));
        var (id, secret) = (RandomText.NewId(), RandomText.NewSecret());
        var user = stage.Grains.GetGrain<IUserGrain>(GrainKeys.User(id));
        await user.CreateAsync(
            new CreateUser
            {
                Caller = Caller.InCluster,
                Machine = new MachineProfile("Machine") { TokenType = type },
            }
        );
        await user.AddSecretAsync(Caller.InCluster, [.. TokenHash.Of(secret)]);
        await stage
            .Grains.GetGrain<IUserRolesGrain>(GrainKeys.User(id))
            .AssignAsync(Caller.InCluster, RandomText.NewId(), project.Id, null, ["admin"]);

        using var client = new HttpClient { BaseAddress = stage.Address };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = id,
                ["client_secret"] = secret,
                ["scope"] = $"openid {AllRoles} urn:zitadel:iam:org:project:id:{project.Id}:aud",
            }
        );
        using var response = await client.PostAsync("/oauth/v2/token", form, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        var token = answer!["access_token"]!.GetValue<string>();

        Assert.Equal(type == MachineTokenType.Jwt, token.Split('.').Length == 3 && token.StartsWith("ey", StringComparison.Ordinal));
        if (type == MachineTokenType.Jwt)
        {
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
            Assert.Equal(id, claims["sub"]!.GetValue<string>());
            Assert.NotNull(claims[$"urn:zitadel:iam:org:project:{project.Id}:roles"]!["admin"]);
        }

        using var asked = new HttpRequestMessage(HttpMethod.Get, "/oidc/v1/userinfo");
        asked.Headers.Authorization = new("Bearer", token);
        using var told = await client.SendAsync(asked, TestContext.Current.CancellationToken);
        var info = await told.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.NotNull(info![$"urn:zitadel:iam:org:project:{project.Id}:roles"]!["admin"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_account_does_not_pass_for_a_project_or_an_inactive_client(bool isProject)
    {
        var (id, secret) = (RandomText.NewId(), RandomText.NewSecret());
        var user = stage.Grains.GetGrain<IUserGrain>(GrainKeys.User(id));
        await user.CreateAsync(new CreateUser { Caller = Caller.InCluster, Machine = new MachineProfile("Machine") });
        await user.AddSecretAsync(Caller.InCluster, [.. TokenHash.Of(secret)]);
        if (isProject)
        {
            await stage
                .Grains.GetGrain<IProjectsGrain>(GrainKeys.Instance)
                .CreateAsync(
                    Caller.InCluster,
                    new NewProject
                    {
                        Id = id,
                        OrganizationId = SessionCluster.OrganizationId,
                        Settings = new ProjectChange { Name = id },
                    }
                );
        }
        else
        {
            var clients = stage.Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);
            var client = new OidcClient
            {
                Id = id,
                RedirectUris = ["https://app.example/"],
                IsInactive = true,
            };
            await clients.CreateAsync(Caller.InCluster, client);
        }

        using var http = new HttpClient { BaseAddress = stage.Address };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = id,
                ["client_secret"] = secret,
                ["scope"] = "openid",
            }
        );
        using var response = await http.PostAsync("/oauth/v2/token", form, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal("invalid_client", answer!["error"]!.GetValue<string>());
    }
}
