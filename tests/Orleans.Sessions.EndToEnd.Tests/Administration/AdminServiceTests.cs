using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Sessions.EndToEnd.Administration.Harness;
using Orleans.Sessions.Protocol.AdminV1;
using Orleans.Sessions.Protocol.IdpV1;
using Alias = Orleans.Sessions.Protocol.AdminV1.IdentityProviderAdminService.IdentityProviderAdminServiceClient;
using Client = Orleans.Sessions.Protocol.AdminV1.AdminService.AdminServiceClient;

namespace Orleans.Sessions.EndToEnd.Administration;

/// <summary>Providers as ZITADEL's clients manage them, and what examples of its first API begin with.</summary>
public abstract class AdminServiceTests(SharedHost host) : ContractTests(host)
{
    private const string Providers = "/admin/v1/idps/templates";
    private const string Offered = "/admin/v1/policies/login/idps";

    [Fact]
    public async Task Providers_are_managed_by_the_names_of_both_services()
    {
        using var channel = GrpcChannel.ForAddress(Admin.Host.Address);
        var (client, alias) = (new Client(channel), new Alias(channel));
        var headers = new Metadata { { "authorization", $"Bearer {Admin.Token}" } };
        var name = Unique("idp");
        var added = await client.AddGenericOIDCProviderAsync(
            new AddGenericOIDCProviderRequest
            {
                Name = name,
                Issuer = "https://idp.example.com",
                ClientId = "client",
                ClientSecret = "very secret",
                UsePkce = true,
                ProviderOptions = new Options { IsLinkingAllowed = true, AutoLinking = AutoLinkingOption.Email },
            },
            headers
        );
        Assert.Equal(1UL, added.Details.Sequence);
        Assert.Equal(added.Details.CreationDate, added.Details.ChangeDate);

        var read = (await client.GetProviderByIDAsync(new GetProviderByIDRequest { Id = added.Id }, headers)).Idp;
        Assert.Equal((name, ProviderType.Oidc, IDPState.Active), (read.Name, read.Type, read.State));
        Assert.Equal(("https://idp.example.com", true), (read.Config.Oidc.Issuer, read.Config.Oidc.UsePkce));
        Assert.Equal(AutoLinkingOption.Email, read.Config.Options.AutoLinking);
        Assert.DoesNotContain("very secret", read.ToString(), StringComparison.Ordinal);

        var changed = await alias.UpdateGenericOIDCProviderAsync(
            new UpdateGenericOIDCProviderRequest
            {
                Id = added.Id,
                Name = $"{name} 2",
                Issuer = "https://idp.example.com",
                ClientId = "client",
            },
            headers
        );
        Assert.Equal(2UL, changed.Details.Sequence);
        var query = new { queries = new[] { new { idpNameQuery = new { name, method = "TEXT_QUERY_METHOD_STARTS_WITH" } } } };
        var listed = (await Admin.PostAsync($"{Providers}/_search", query)).Expect(200);
        Assert.Equal(("1", $"{name} 2"), (listed.Text("details.totalResult"), Assert.Single(listed.Texts("result", "name"))));
        Assert.Equal("PROVIDER_TYPE_OIDC", Assert.Single(listed.Texts("result", "type")));

        await alias.DeleteProviderAsync(new DeleteProviderRequest { Id = added.Id }, headers);
        Assert.Equal("QUERY-SAFrt", (await Admin.GetAsync($"{Providers}/{added.Id}")).Expect(404).Text("details.0.id"));
    }

    [Fact]
    public async Task Browsers_manage_providers_over_grpc_web()
    {
        const string Service = "/zitadel.admin.v1.AdminService";
        var name = Unique("idp");
        var adding = new AddGenericOIDCProviderRequest
        {
            Name = name,
            Issuer = "https://idp.example.com",
            ClientId = "client",
        };
        var added = await GrpcWeb.CallAsync(Admin, $"{Service}/AddGenericOIDCProvider", adding, AddGenericOIDCProviderResponse.Parser);
        var reading = new GetProviderByIDRequest { Id = added.Id };
        var read = await GrpcWeb.CallAsync(Admin, $"{Service}/GetProviderByID", reading, GetProviderByIDResponse.Parser);
        Assert.Equal((added.Id, name), (read.Idp.Id, read.Idp.Name));

        var deleting = new DeleteProviderRequest { Id = added.Id };
        await GrpcWeb.CallAsync(Admin, $"{Service}/DeleteProvider", deleting, DeleteProviderResponse.Parser);
        (await Admin.GetAsync($"{Providers}/{added.Id}")).Expect(404);
    }

    [Fact]
    public async Task Login_pages_offer_what_the_login_policy_has()
    {
        var id = await Admin.AddProviderAsync("https://idp.example.com");
        Assert.Contains(id, (await Admin.PostAsync($"{Offered}/_search")).Expect(200).Texts("result", "idpId"));
        (await Admin.PostAsync(Offered, new { idpId = id })).Expect(200);

        (await Admin.DeleteAsync($"{Offered}/{id}")).Expect(200);

        Assert.DoesNotContain(id, (await Admin.PostAsync($"{Offered}/_search")).Expect(200).Texts("result", "idpId"));
        Assert.DoesNotContain(id, (await Admin.GetAsync("/v2/settings/login/idps")).Expect(200).Texts("identityProviders", "id"));
        Assert.Equal("IDP-Offer", (await Admin.StartIntentAsync(id)).Expect(400).Text("details.0.id"));
        (await Admin.PostAsync(Offered, new { idpId = id })).Expect(200);
        Assert.Contains(id, (await Admin.GetAsync("/v2/settings/login/idps")).Expect(200).Texts("identityProviders", "id"));
        Assert.Equal("COMMAND-idpNf", (await Admin.DeleteAsync($"{Offered}/unknown")).Expect(404).Text("details.0.id"));
        (await Admin.DeleteAsync($"{Providers}/{id}")).Expect(200);
    }

    [Fact]
    public async Task Examples_begin_with_the_caller_its_organization_and_the_installation()
    {
        var home = (await Admin.GetAsync("/management/v1/iam")).Expect(200).Text("defaultOrgId");
        Assert.Equal(home, (await Admin.GetAsync("/v2/settings")).Expect(200).Text("defaultOrgId"));
        Assert.Equal(home, (await Admin.GetAsync("/management/v1/orgs/me")).Expect(200).Text("org.id"));
        Assert.Equal("admin", (await Admin.GetAsync("/auth/v1/users/me")).Expect(200).Text("user.userName"));

        var other = (await Admin.PostAsync("/v2/organizations", new { name = Unique("org") })).Expect(201).Text("organizationId");
        var named = (await Admin.With("x-zitadel-orgid", other).GetAsync("/management/v1/orgs/me")).Expect(200);
        Assert.Equal((other, "ORG_STATE_ACTIVE"), (named.Text("org.id"), named.Text("org.state")));
        var unknown = await Admin.With("x-zitadel-orgid", "none").GetAsync("/management/v1/orgs/me");
        Assert.Equal("AUTH-Bs7Ds", unknown.Expect(403).Text("details.0.id"));

        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);
        var me = (await self.GetAsync("/auth/v1/users/me")).Expect(200);
        Assert.Equal((human.Id, "Minnie"), (me.Text("user.id"), me.Text("user.human.profile.firstName")));
        Assert.Equal(human.Email, me.Text("user.human.email.email"));
        Assert.Equal("USER_STATE_ACTIVE", me.Text("user.state"));
        Assert.Equal(home, (await self.GetAsync("/management/v1/iam")).Expect(200).Text("defaultOrgId"));
        (await self.GetAsync("/management/v1/orgs/me")).Expect(403);
        foreach (var path in new[] { "/management/v1/iam", "/management/v1/orgs/me", "/auth/v1/users/me" })
        {
            (await Admin.As(null).GetAsync(path)).Expect(401);
        }
    }

    [Fact]
    public async Task Administrators_are_found_by_what_they_may_do()
    {
        var organization = (await Admin.PostAsync("/v2/organizations", new { name = Unique("org") })).Expect(201).Text("organizationId");
        var owner = await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: organization);
        var manager = await Admin.NewMachineAsync(organizationRole: "ORG_USER_MANAGER", organizationId: organization);
        var everywhere = await Admin.NewMachineAsync("IAM_OWNER_VIEWER");
        var here = new { resource = new { organizationId = organization } };

        var all = (await SearchAsync(Admin, here)).Expect(200);
        Assert.Equal([owner.Id, manager.Id], Ids(all));
        Assert.Equal(2, all.Number("pagination.totalResult"));
        Assert.Equal(organization, all.Text("administrators.0.organization.id"));
        Assert.StartsWith("org-", all.Text("administrators.0.organization.name"), StringComparison.Ordinal);
        Assert.Equal(owner.LoginName, all.Text("administrators.0.user.preferredLoginName"));
        Assert.Equal([owner.Id, manager.Id], Ids((await SearchAsync(everywhere.Api, here)).Expect(200)));

        // Who administers an organization sees its administrators, and others only their own roles.
        Assert.Equal([owner.Id, manager.Id], Ids((await SearchAsync(owner.Api)).Expect(200)));
        Assert.Equal([manager.Id], Ids((await SearchAsync(manager.Api)).Expect(200)));
        var role = new { not = new { query = new { role = new { roleKey = "ORG_OWNER" } } } };
        Assert.Equal([manager.Id], Ids((await SearchAsync(Admin, here, role)).Expect(200)));
        var instance = (await SearchAsync(Admin, new { inUserIdsFilter = new { ids = new[] { everywhere.Id } } })).Expect(200);
        Assert.True(instance["administrators.0.instance"]!.GetValue<bool>());
        Assert.Equal("QUERY-4M0fs", (await SearchAsync(Admin, 1001)).Expect(400).Text("details.0.id"));
    }

    private static Task<Reply> SearchAsync(Api api, params object[] filters) => SearchAsync(api, 100, filters);

    private static Task<Reply> SearchAsync(Api api, int limit, params object[] filters) =>
        api.PostAsync("/v2/internal_permissions/administrators/search", new { pagination = new { limit, asc = true }, filters });

    private static IEnumerable<string> Ids(Reply reply) =>
        reply.Items("administrators").Select(administrator => administrator["user"]!["id"]!.GetValue<string>());
}

public sealed class AdminServiceTestsOnSqlite(SqliteHost host) : AdminServiceTests(host);

public sealed class AdminServiceTestsOnPostgreSql(PostgreSqlHost host) : AdminServiceTests(host);
