namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>The configuration of providers, and what login frontends see of it: contract §16, §12.</summary>
public abstract class ProviderTests(SharedHost host) : ContractTests(host)
{
    private const string Path = "/admin/v1/idps/generic_oidc";
    private const string Active = "/v2/settings/login/idps";
    private const string Issuer = "https://provider.example.com";

    [Fact]
    public async Task A_provider_is_added_read_changed_and_removed()
    {
        var added = (
            await Admin.PostAsync(
                Path,
                Body() with
                {
                    ProviderOptions = new { isLinkingAllowed = true, autoLinking = "AUTO_LINKING_OPTION_EMAIL" },
                }
            )
        ).Expect(200);
        var id = added.Text("id");
        Assert.Equal(1, added.Number("details.sequence"));
        Assert.True(added.Has("details.resourceOwner"));

        var read = (await Admin.GetAsync($"/v2/idps/{id}")).Expect(200);
        Assert.Equal("Example", read.Text("idp.name"));
        Assert.Equal("IDP_STATE_ACTIVE", read.Text("idp.state"));
        Assert.Equal("IDP_TYPE_OIDC", read.Text("idp.type"));
        Assert.Equal(Issuer, read.Text("idp.config.oidc.issuer"));
        Assert.Equal("client", read.Text("idp.config.oidc.clientId"));
        Assert.Equal(["openid", "profile", "email"], read.Items("idp.config.oidc.scopes").Select(scope => scope.GetValue<string>()));
        Assert.True(read["idp.config.options.isLinkingAllowed"]!.GetValue<bool>());
        Assert.Equal("AUTO_LINKING_OPTION_EMAIL", read.Text("idp.config.options.autoLinking"));
        Assert.DoesNotContain("very secret", read.Body, StringComparison.Ordinal);

        var changed = (await Admin.PutAsync($"{Path}/{id}", Body() with { Name = "Renamed", Scopes = ["email"] })).Expect(200);
        Assert.Equal(2, changed.Number("details.sequence"));
        read = (await Admin.GetAsync($"/v2/idps/{id}")).Expect(200);
        Assert.Equal("Renamed", read.Text("idp.name"));
        Assert.Equal(["openid", "email"], read.Items("idp.config.oidc.scopes").Select(scope => scope.GetValue<string>()));
        Assert.False(read.Has("idp.config.options.isLinkingAllowed"));

        (await Admin.DeleteAsync($"/admin/v1/idps/templates/{id}")).Expect(200);
        Assert.Equal("QUERY-SAFrt", (await Admin.GetAsync($"/v2/idps/{id}")).Expect(404).Text("details.0.id"));
        Assert.Equal("COMMAND-idpNf", (await Admin.DeleteAsync($"/admin/v1/idps/templates/{id}")).Expect(404).Text("details.0.id"));
        Assert.Equal("COMMAND-idpNf", (await Admin.PutAsync($"{Path}/{id}", Body())).Expect(404).Text("details.0.id"));
        Assert.Equal("COMMAND-39n221fs", (await Admin.StartIntentAsync(id)).Expect(400).Text("details.0.id"));
    }

    [Fact]
    public async Task Login_frontends_list_the_providers_they_can_use()
    {
        var linking = await Admin.AddProviderAsync(Issuer, new { isLinkingAllowed = true });
        var creation = await Admin.AddProviderAsync(Issuer, new { isCreationAllowed = true, isAutoCreation = true });
        var automatic = await Admin.AddProviderAsync(Issuer, new { isLinkingAllowed = true, autoLinking = 1 });

        var all = (await Admin.GetAsync($"{Active}?ctx.instance=true")).Expect(200);
        Assert.True(all.Number("details.totalResult") >= 3);
        var mine = all.Items("identityProviders").Single(provider => provider["id"]!.GetValue<string>() == linking);
        Assert.Equal("IDENTITY_PROVIDER_TYPE_OIDC", mine["type"]!.GetValue<string>());
        Assert.StartsWith("Provider-", mine["name"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(mine["options"]!["isLinkingAllowed"]!.GetValue<bool>());

        Assert.Equal([linking, automatic], await FoundAsync("linkingAllowed=true"));
        Assert.Equal([creation], await FoundAsync("creation_allowed=true"));
        Assert.Equal([linking, automatic], await FoundAsync("creationAllowed=false"));
        Assert.Equal([creation], await FoundAsync("autoCreation=true"));
        Assert.Equal([automatic], await FoundAsync("autoLinking=true&ctx.orgId=whatever"));

        async Task<IEnumerable<string>> FoundAsync(string query)
        {
            var found = (await Admin.GetAsync($"{Active}?{query}")).Expect(200).Texts("identityProviders", "id");
            return new[] { linking, creation, automatic }.Where(found.Contains);
        }
    }

    [Fact]
    public async Task Bad_settings_are_refused_and_change_nothing()
    {
        var id = (await Admin.PostAsync(Path, Body())).Expect(200).Text("id");
        Request[] bad =
        [
            Body() with
            {
                Name = "",
            },
            Body() with
            {
                Name = "  ",
            },
            Body() with
            {
                Name = new string('x', 201),
            },
            Body() with
            {
                ClientId = "",
            },
            Body() with
            {
                Issuer = "",
            },
            Body() with
            {
                Issuer = "provider",
            },
            Body() with
            {
                Issuer = "/relative",
            },
            Body() with
            {
                Issuer = "http://provider.example.com",
            },
            Body() with
            {
                Issuer = "ftp://provider.example.com",
            },
            Body() with
            {
                Issuer = "file:///etc/passwd",
            },
            Body() with
            {
                Issuer = "https://me:secret@provider.example.com",
            },
            Body() with
            {
                Issuer = "https://provider.example.com?tenant=1",
            },
            Body() with
            {
                ClientSecret = new string('x', 201),
            },
            Body() with
            {
                Scopes = [""],
            },
            Body() with
            {
                Scopes = ["two words"],
            },
            Body() with
            {
                Scopes = [.. Enumerable.Range(0, 21).Select(i => $"scope{i}")],
            },
            Body() with
            {
                ProviderOptions = new { autoLinking = 7 },
            },
            Body() with
            {
                ProviderOptions = "text",
            },
        ];

        foreach (var body in bad)
        {
            (await Admin.PostAsync(Path, body)).ExpectRefusal();
            (await Admin.PutAsync($"{Path}/{id}", body)).ExpectRefusal();
        }

        Assert.Equal(1, (await Admin.GetAsync($"/v2/idps/{id}")).Expect(200).Number("idp.details.sequence"));
        (await Admin.GetAsync($"/v2/idps/{new string('x', 201)}")).ExpectRefusal();
    }

    [Fact]
    public async Task A_secret_is_never_sent_to_another_issuer()
    {
        var id = (await Admin.PostAsync(Path, Body())).Expect(200).Text("id");
        var moved = Body() with { Issuer = "https://other.example.com", ClientSecret = "" };

        Assert.Equal("COMMAND-idpSe", (await Admin.PutAsync($"{Path}/{id}", moved)).Expect(400).Text("details.0.id"));
        (await Admin.PutAsync($"{Path}/{id}", moved with { Issuer = Issuer })).Expect(200);
        (await Admin.PutAsync($"{Path}/{id}", moved with { ClientSecret = "another" })).Expect(200);
    }

    [Fact]
    public async Task Setting_up_needs_the_owners_rights_and_reading_those_of_a_login_client()
    {
        var id = (await Admin.PostAsync(Path, Body())).Expect(200).Text("id");
        var client = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;
        var nobody = (await Admin.NewMachineAsync()).Api;
        var organizationOwner = (await Admin.NewMachineAsync(organizationRole: "ORG_OWNER")).Api;

        foreach (var api in new[] { client, nobody, organizationOwner })
        {
            (await api.PostAsync(Path, Body())).Expect(Failures.NoPermission);
            (await api.PutAsync($"{Path}/{id}", Body())).Expect(Failures.NoPermission);
            (await api.PutAsync($"{Path}/none", Body())).Expect(Failures.NoPermission);
            (await api.DeleteAsync($"/admin/v1/idps/templates/{id}")).Expect(Failures.NoPermission);
        }

        (await client.GetAsync($"/v2/idps/{id}")).Expect(200);
        (await client.GetAsync(Active)).Expect(200);
        (await organizationOwner.GetAsync(Active)).Expect(200);
        (await nobody.GetAsync($"/v2/idps/{id}")).Expect(Failures.NoPermission);
        (await nobody.GetAsync("/v2/idps/none")).Expect(Failures.NoPermission);
        (await nobody.GetAsync(Active)).Expect(Failures.NoPermission);
        (await Admin.As(null).GetAsync($"/v2/idps/{id}")).Expect(Failures.NoToken);
        (await Admin.As(null).GetAsync(Active)).Expect(Failures.NoToken);
        (await Admin.As(null).PostAsync(Path, Body())).Expect(Failures.NoToken);
    }

    private static Request Body() => new("Example", Issuer, "client", "very secret", [], new { });

    private sealed record Request(
        [property: System.Text.Json.Serialization.JsonPropertyName("name")] string Name,
        [property: System.Text.Json.Serialization.JsonPropertyName("issuer")] string Issuer,
        [property: System.Text.Json.Serialization.JsonPropertyName("clientId")] string ClientId,
        [property: System.Text.Json.Serialization.JsonPropertyName("clientSecret")] string ClientSecret,
        [property: System.Text.Json.Serialization.JsonPropertyName("scopes")] string[] Scopes,
        [property: System.Text.Json.Serialization.JsonPropertyName("providerOptions")] object ProviderOptions
    );
}

public sealed class ProviderTestsOnSqlite(SqliteHost host) : ProviderTests(host);

public sealed class ProviderTestsOnPostgreSql(PostgreSqlHost host) : ProviderTests(host);
