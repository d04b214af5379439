using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.Protocol.GrantsV1;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Users can list and revoke the access that they have granted to applications (ASVS 10.4.9).</summary>
public abstract class UserGrantTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    [Asvs("10.7.3")]
    public async Task A_person_sees_which_applications_hold_what()
    {
        var (shop, mail) = (
            await RegisterAsync("Shop", ("scopes", new[] { RelyingParty.AudienceScope("orders") })),
            await RegisterAsync("Mail")
        );
        var human = await Admin.NewHumanAsync();
        var (session, ended) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var tokens = await shop.SignInAsync(session, $"openid offline_access {RelyingParty.AudienceScope("orders")}");
        await mail.SignInAsync(session, "openid");
        await mail.SignInAsync(ended, "openid");
        await shop.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));
        (await Admin.EndAsync(ended)).Expect(200);

        foreach (var caller in new[] { Admin, Admin.As(session.Token), (await Admin.NewMachineAsync("IAM_OWNER_VIEWER")).Api })
        {
            var grants = (await ListAsync(caller, human)).Items("grants").ToDictionary(grant => Text(grant, "clientName"));
            Assert.Equal(["Mail", "Shop"], grants.Keys.Order());
            Assert.Equal((shop.Id, session.Id), (Text(grants["Shop"], "clientId"), Text(grants["Shop"], "sessionId")));
            Assert.Equal([shop.Id, "orders"], grants["Shop"]["audiences"]!.AsArray().Select(audience => audience!.GetValue<string>()));
            Assert.Contains("offline_access", grants["Shop"]["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()));
            Assert.True(grants["Shop"]["refreshable"]!.GetValue<bool>());
            Assert.Null(grants["Mail"]["refreshable"]);
        }

        var before = (await ListAsync(Admin, human, shop.Id)).Items("grants").Single();
        (await shop.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        var after = (await ListAsync(Admin, human, shop.Id)).Items("grants").Single();
        Assert.Equal((Text(before, "grantId"), Text(before, "firstGranted")), (Text(after, "grantId"), Text(after, "firstGranted")));
        Assert.True(DateTimeOffset.Parse(Text(before, "lastUsed")) < DateTimeOffset.Parse(Text(after, "lastUsed")));
    }

    [Fact]
    public async Task A_person_sees_the_audiences_of_the_registration_or_the_resources_of_the_login()
    {
        const string Orders = "https://orders.example/v1";
        const string Payments = "https://payments.example/api";
        var client = await RegisterAsync("Shop", ("resources", new[] { Orders }), ("audiences", new[] { Payments }));
        var (whole, limited) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        await client.SignInAsync(await Admin.OpenAsync(whole));
        var code = await client.CodeAsync(await Admin.OpenAsync(limited), ("resource", Orders));
        (await client.RedeemAsync(code)).Expect(200);

        Assert.Equal([client.Id, Payments], AudiencesOf((await ListAsync(Admin, whole)).Items("grants").Single()));
        Assert.Equal([Orders], AudiencesOf((await ListAsync(Admin, limited)).Items("grants").Single()));

        static IEnumerable<string> AudiencesOf(System.Text.Json.Nodes.JsonNode grant) =>
            grant["audiences"]!.AsArray().Select(audience => audience!.GetValue<string>());
    }

    [Fact]
    [Asvs("10.4.9", "10.7.3")]
    public async Task What_a_person_takes_back_is_dead_at_once()
    {
        var (client, other) = (await RegisterAsync("Client", ("scopes", new[] { RelyingParty.ApiScope })), await RegisterAsync("Other"));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var (first, second) = (
            await client.SignInAsync(session, $"openid offline_access {RelyingParty.ApiScope}"),
            await client.SignInAsync(session)
        );
        var kept = await other.SignInAsync(session);
        var pkce = Pkce.Create();
        var code = await client.CodeAsync(session, pkce.Challenge);
        var self = Admin.As(session.Token);
        Assert.True(await client.IsActiveAsync(first.Text("access_token")));
        var ids = (await ListAsync(self, human, client.Id)).Items("grants").ToDictionary(grant => Text(grant, "grantId"));
        var firstId = ids.Keys.Single(id => first.Text("access_token").StartsWith($"at_{id}.", StringComparison.Ordinal));
        Assert.Equal(3, ids.Count);

        Assert.Equal(1, Revoked(await RevokeAsync(Admin.As(first.Text("access_token")), human, new { grantId = firstId })));

        await IsDeadAsync(client, first);
        (await Admin.As(first.Text("access_token")).ReadAsync(session)).Expect(Failures.BadToken);
        Assert.True(await client.IsActiveAsync(second.Text("access_token")));
        Assert.Equal(0, Revoked(await RevokeAsync(self, human, new { grantId = firstId })));

        Assert.Equal(2, Revoked(await RevokeAsync(self, human, new { clientId = client.Id })));

        await IsDeadAsync(client, second);
        (await client.RedeemAsync(code, pkce.Verifier)).ExpectOAuth(400, "invalid_grant");
        Assert.Equal([other.Id], (await ListAsync(self, human)).Texts("grants", "clientId"));
        Assert.True(await other.IsActiveAsync(kept.Text("access_token")));
        (await self.ReadAsync(session)).Expect(200);
    }

    [Fact]
    [Asvs("10.4.9")]
    public async Task Nobody_else_sees_or_takes_back_anything()
    {
        var client = await RegisterAsync("Client");
        var (human, stranger) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var session = await Admin.OpenAsync(human);
        var tokens = await client.SignInAsync(session);
        var grantId = (await ListAsync(Admin, human)).Items("grants").Select(grant => Text(grant, "grantId")).Single();
        var strangers = await Admin.OpenAsync(stranger);
        var viewer = await Admin.NewMachineAsync("IAM_OWNER_VIEWER");
        var manager = await Admin.NewMachineAsync("IAM_USER_MANAGER");
        var owner = await Admin.NewMachineAsync("IAM_OWNER");

        (await Admin.As(strangers.Token).PostAsync(SearchOf(human), new { })).Expect(Failures.NoPermission);
        (await RevokeAsync(Admin.As(strangers.Token), human, new { grantId })).Expect(Failures.NoPermission);
        Assert.Equal(0, Revoked(await RevokeAsync(Admin.As(strangers.Token), stranger, new { grantId })));
        (await RevokeAsync(viewer.Api, human, new { grantId })).Expect(Failures.NoPermission);
        (await manager.Api.PostAsync($"/v2/users/{owner.Id}/application_grants/revoke", new { clientId = "x" })).Expect(
            Failures.NoPermission
        );
        (await Admin.As(null).PostAsync(SearchOf(human), new { })).Expect(401);
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));

        Assert.Equal(1, Revoked(await RevokeAsync(manager.Api, human, new { grantId })));
        await IsDeadAsync(client, tokens);
        (await Admin.PostAsync("/v2/users/4711/application_grants/search", new { })).Expect(404);
        (await RevokeAsync(Admin, human, new { })).Expect(new Failure(400, 3, "OIDC-Gra01", "Name the grant or the client to revoke"));
        (await Admin.PostAsync(SearchOf(human), new { pageToken = "nonsense" })).Expect(400);
    }

    [Fact]
    public async Task Long_lists_come_in_pages()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var clients = new[] { await RegisterAsync("A"), await RegisterAsync("B"), await RegisterAsync("C") };
        foreach (var client in clients)
        {
            await client.SignInAsync(session, "openid");
        }

        List<string> seen = [];
        string? pageToken = null;
        do
        {
            var page = (await Admin.PostAsync(SearchOf(human), new { limit = 1, pageToken })).Expect(200);
            seen.AddRange(page.Has("grants.0") ? page.Texts("grants", "clientId") : []);
            pageToken = page.Has("nextPageToken") ? page.Text("nextPageToken") : null;
        } while (pageToken is not null);

        Assert.Equal(clients.Select(client => client.Id).Order(StringComparer.Ordinal), seen);
        (await Admin.DeleteAsync($"/v2/oidc/clients/{clients[0].Id}")).Expect(200);
        Assert.Equal(2, (await ListAsync(Admin, human)).Items("grants").Count);
    }

    [Fact]
    public async Task Grpc_and_connect_offer_the_same()
    {
        var client = await RegisterAsync("Client");
        var human = await Admin.NewHumanAsync();
        await client.SignInAsync(await Admin.OpenAsync(human));
        using var channel = GrpcChannel.ForAddress(Admin.Host.Address);
        var grpc = new UserGrantService.UserGrantServiceClient(channel);
        var cancellation = TestContext.Current.CancellationToken;
        var headers = new Metadata { { "authorization", $"Bearer {Admin.Token}" } };

        var listed = await grpc.ListUserGrantsAsync(
            new ListUserGrantsRequest { UserId = human.Id },
            headers,
            cancellationToken: cancellation
        );
        Assert.Equal(client.Id, Assert.Single(listed.Grants).ClientId);
        var connect = (await Admin.PostAsync("/sessions.grants.v1.UserGrantService/ListUserGrants", new { userId = human.Id })).Expect(200);
        Assert.Equal([client.Id], connect.Texts("grants", "clientId"));
        var revoked = await grpc.RevokeUserGrantsAsync(
            new RevokeUserGrantsRequest { UserId = human.Id, ClientId = client.Id },
            headers,
            cancellationToken: cancellation
        );
        Assert.Equal(1u, revoked.Revoked);
    }

    private Task<RelyingParty> RegisterAsync(string name, params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterAsync(Admin, [("name", name), .. settings]);

    private static string SearchOf(Human human) => $"/v2/users/{human.Id}/application_grants/search";

    private static async Task<Reply> ListAsync(Api caller, Human human, string? clientId = null) =>
        (await caller.PostAsync(SearchOf(human), new { clientId })).Expect(200);

    private static Task<Reply> RevokeAsync(Api caller, Human human, object which) =>
        caller.PostAsync($"/v2/users/{human.Id}/application_grants/revoke", which);

    private static int Revoked(Reply reply) => reply.Expect(200).Has("revoked") ? reply["revoked"]!.GetValue<int>() : 0;

    private static async Task IsDeadAsync(RelyingParty client, Reply tokens)
    {
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
        Assert.False(await client.IsActiveAsync(tokens.Text("refresh_token")));
        (await client.RefreshAsync(tokens.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
    }

    private static string Text(System.Text.Json.Nodes.JsonNode node, string name) => node[name]!.GetValue<string>();
}

public sealed class UserGrantTestsOnSqlite(SqliteHost host) : UserGrantTests(host);

public sealed class UserGrantTestsOnPostgreSql(PostgreSqlHost host) : UserGrantTests(host);
