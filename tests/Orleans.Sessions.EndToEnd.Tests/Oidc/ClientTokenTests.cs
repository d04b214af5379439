using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Tokens that a registered client gets for itself.</summary>
public abstract class ClientTokenTests(SharedHost host) : ContractTests(host)
{
    private const string ClientCredentials = "client_credentials";

    [Theory]
    [InlineData("ACCESS_TOKEN_TYPE_OPAQUE")]
    [InlineData("ACCESS_TOKEN_TYPE_JWT")]
    public async Task A_client_speaks_for_itself_at_the_apis_that_its_registration_lists(string type)
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var client = await RegisterAsync(
            ("accessTokenType", type),
            ("scopes", new[] { "orders", RelyingParty.AudienceScope(api.Id), RelyingParty.ApiScope })
        );

        var reply = (
            await client.TokenAsync(
                ("grant_type", ClientCredentials),
                ("scope", $"openid profile orders unknown {RelyingParty.AudienceScope(api.Id)} {RelyingParty.ApiScope}")
            )
        ).Expect(200);

        Assert.False(reply.Has("refresh_token"));
        Assert.False(reply.Has("id_token"));
        var token = reply.Text("access_token");
        Assert.Equal(type.EndsWith("JWT", StringComparison.Ordinal), token.StartsWith("ey", StringComparison.Ordinal));
        foreach (var asker in new[] { client, api })
        {
            var told = (await asker.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200);
            Assert.Equal((client.Id, client.Id), (told.Text("sub"), told.Text("client_id")));
            Assert.StartsWith("orders ", told.Text("scope"), StringComparison.Ordinal);
        }

        Assert.False(await (await RelyingParty.RegisterAsync(Admin)).IsActiveAsync(token));
        (await Admin.As(token).GetAsync("/oidc/v1/userinfo")).Expect(401);
        (await Admin.As(token).PostAsync("/v2/sessions/search")).Expect(401);
        (await Admin.DeleteAsync($"/v2/oidc/clients/{client.Id}")).Expect(200);
        await Eventually.GetAsync(
            async () => (await api.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200),
            told => told["active"]!.GetValue<bool>() is false,
            TimeSpan.FromSeconds(3),
            "an inactive token"
        );
    }

    [Fact]
    public async Task A_client_does_not_pass_for_a_user_with_its_id()
    {
        var human = await Admin.NewHumanAsync();
        var reply = (
            await Admin.PostAsync(
                "/v2/oidc/clients",
                new
                {
                    clientId = human.Id,
                    settings = new { authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC", grantTypes = new[] { ClientCredentials } },
                }
            )
        ).Expect(201);
        var client = new RelyingParty(Admin, human.Id, reply.Text("clientSecret"));

        (await client.TokenAsync(("grant_type", ClientCredentials))).ExpectOAuth(400, "unauthorized_client");
    }

    [Fact]
    public async Task Only_a_client_that_authenticates_can_have_the_grant()
    {
        (
            await Admin.PostAsync(
                "/v2/oidc/clients",
                new { settings = new { authentication = "CLIENT_AUTHENTICATION_NONE", grantTypes = new[] { ClientCredentials } } }
            )
        ).Expect(400);
        var without = await RelyingParty.RegisterAsync(Admin);
        (await without.TokenAsync(("grant_type", ClientCredentials))).ExpectOAuth(400, "unauthorized_client");
    }

    private Task<RelyingParty> RegisterAsync(params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterAsync(
            Admin,
            [
                ("redirectUris", Array.Empty<string>()),
                ("postLogoutRedirectUris", Array.Empty<string>()),
                ("grantTypes", new[] { ClientCredentials }),
                .. settings,
            ]
        );
}

public sealed class ClientTokenTestsOnSqlite(SqliteHost host) : ClientTokenTests(host);

public sealed class ClientTokenTestsOnPostgreSql(PostgreSqlHost host) : ClientTokenTests(host);
