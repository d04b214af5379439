using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What whoever exchanges tokens must not gain by it: scopes, time, or the name of somebody who has gone.</summary>
public abstract class ExchangedTokenTests(SharedHost host) : ContractTests(host)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_scope_of_the_first_client_goes_to_another_one_only_if_that_one_has_it_too()
    {
        var (api, trusted) = (await RegisterAsync(), await RegisterAsync(("scopes", new[] { "orders" })));
        var audiences = new[] { RelyingParty.AudienceScope(api.Id), RelyingParty.AudienceScope(trusted.Id) };
        var shop = await RelyingParty.RegisterAsync(Admin, ("scopes", audiences.Append("orders").ToArray()));
        var given = (await shop.SignInAsync(await OpenAsync(), $"openid orders {string.Join(' ', audiences)}")).Text("access_token");

        Assert.DoesNotContain("orders", await ScopesAsync(api, given));
        Assert.DoesNotContain("orders", await ScopesAsync(api, given, ("scope", "openid orders")));
        Assert.Contains("orders", await ScopesAsync(trusted, given));
    }

    [Fact]
    public async Task An_id_token_stands_for_no_more_than_its_login()
    {
        var client = await RegisterAsync();
        var idToken = (await client.SignInAsync(await OpenAsync(), "openid")).Text("id_token");

        var exchanged = (await client.ExchangeAsync(idToken, "id_token")).Expect(200);

        Assert.Equal("openid", exchanged.Text("scope"));
        Assert.False((await client.PostAsync("/oauth/v2/introspect", ("token", exchanged.Text("access_token")))).Expect(200).Has("email"));
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("id_token")]
    [InlineData("refresh_token")]
    public async Task A_token_of_a_login_that_was_revoked_is_good_for_nothing(string type)
    {
        var client = await RegisterAsync();
        var tokens = await client.SignInAsync(await OpenAsync());

        (await client.PostAsync("/oauth/v2/revoke", ("token", tokens.Text("refresh_token")))).Expect(200);

        (await client.ExchangeAsync(tokens.Text(type), type)).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_that_was_replaced_kills_its_family_also_in_an_exchange()
    {
        var client = await RegisterAsync();
        var first = (await client.SignInAsync(await OpenAsync())).Text("refresh_token");
        var second = (await client.RefreshAsync(first)).Expect(200).Text("refresh_token");
        var third = (await client.RefreshAsync(second)).Expect(200).Text("refresh_token");

        (await client.ExchangeAsync(first, "refresh_token")).ExpectOAuth(400, "invalid_grant");

        (await client.RefreshAsync(third)).ExpectOAuth(400, "invalid_grant");
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("id_token")]
    public async Task Nobody_acts_whose_session_has_ended(string type)
    {
        var client = await RegisterAsync(("allowActors", true));
        var subject = (await client.SignInAsync(await OpenAsync())).Text("access_token");
        var session = await OpenAsync();
        var actor = (await client.SignInAsync(session)).Text(type);
        Task<Reply> ActAsync() =>
            client.ExchangeAsync(subject, "access_token", ("actor_token", actor), ("actor_token_type", $"{RelyingParty.TokenTypes}{type}"));
        (await ActAsync()).Expect(200);

        (await Admin.EndAsync(session)).Expect(200);

        (await ActAsync()).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task What_a_client_got_for_the_token_of_a_service_account_ends_with_the_client()
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var client = await RegisterAsync(("scopes", new[] { RelyingParty.AudienceScope(api.Id) }));
        var machine = await Admin.NewMachineAsync();
        var secret = (await Admin.PostAsync($"/v2/users/{machine.Id}/secret")).Expect(200).Text("clientSecret");
        var given = await OwnTokenAsync(new RelyingParty(Admin, machine.LoginName, secret), client, api);
        var exchanged = (await client.ExchangeAsync(given, "access_token")).Expect(200).Text("access_token");
        Assert.Equal(machine.Id, (await ToldAsync(api, exchanged)).Text("sub"));

        await EndsWithAsync(client, api, exchanged);
    }

    [Fact]
    public async Task An_exchange_is_no_proof_of_a_service_account()
    {
        var (client, api) = (await RegisterAsync(), await RelyingParty.RegisterAsync(Admin));
        var machine = await Admin.NewMachineAsync();
        var secret = (await Admin.PostAsync($"/v2/users/{machine.Id}/secret")).Expect(200).Text("clientSecret");
        var given = await OwnTokenAsync(new RelyingParty(Admin, machine.LoginName, secret), client, api);

        var exchanged = (
            await client.ExchangeAsync(given, "access_token", ("requested_token_type", $"{RelyingParty.TokenTypes}jwt"))
        ).Expect(200);

        var provedAt = Jwt.Claims(exchanged.Text("access_token"))["auth_time"]!.GetValue<long>();
        Assert.InRange((await ToldAsync(client, given)).Number("iat") - provedAt, 0, 60);
    }

    [Fact]
    public async Task What_a_client_got_for_the_token_of_another_client_ends_with_that_client()
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var client = await RegisterAsync(("scopes", new[] { RelyingParty.AudienceScope(api.Id) }));
        var speaking = await RelyingParty.RegisterAsync(
            Admin,
            ("redirectUris", Array.Empty<string>()),
            ("postLogoutRedirectUris", Array.Empty<string>()),
            ("grantTypes", new[] { "client_credentials" }),
            ("scopes", new[] { RelyingParty.AudienceScope(api.Id), RelyingParty.AudienceScope(client.Id) })
        );
        var given = await OwnTokenAsync(speaking, client, api);
        var exchanged = (await client.ExchangeAsync(given, "access_token")).Expect(200).Text("access_token");
        var told = await ToldAsync(api, exchanged);
        Assert.Equal((speaking.Id, client.Id), (told.Text("sub"), told.Text("client_id")));

        await EndsWithAsync(speaking, api, exchanged);
    }

    [Fact]
    public async Task A_session_token_is_no_token_of_another_type()
    {
        var client = await RegisterAsync();
        var session = await OpenAsync();

        (await client.ExchangeAsync(session.Token, "id_token")).ExpectOAuth(400, "invalid_grant");
        (await client.ExchangeAsync(session.Token, "access_token", ("scope", "openid"))).Expect(200);
    }

    [Fact]
    public async Task A_client_with_plain_jwts_gets_them_for_what_it_presents_and_they_are_no_id_tokens()
    {
        var client = await RegisterAsync(("accessTokenType", "ACCESS_TOKEN_TYPE_PLAIN_JWT"));
        var tokens = await client.SignInAsync(await OpenAsync());

        var exchanged = (
            await client.ExchangeAsync(tokens.Text("access_token"), "jwt", ("requested_token_type", $"{RelyingParty.TokenTypes}jwt"))
        )
            .Expect(200)
            .Text("access_token");

        var claims = await Jwt.VerifyAsync(Admin, exchanged, "JWT");
        Assert.Equal(client.Id, claims["client_id"]!.GetValue<string>());
        (await client.ExchangeAsync(exchanged, "id_token")).ExpectOAuth(400, "invalid_grant");
        (await client.ExchangeAsync(tokens.Text("id_token"), "jwt")).ExpectOAuth(400, "invalid_grant");
        (await client.ExchangeAsync(exchanged, "jwt")).Expect(200);
    }

    private async Task<OpenSession> OpenAsync() => await Admin.OpenAsync(await Admin.NewHumanAsync());

    private Task<RelyingParty> RegisterAsync(params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterAsync(
            Admin,
            [("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.RefreshToken, RelyingParty.TokenExchange }), .. settings]
        );

    /// <summary>The token of a caller that speaks for itself, for both of these.</summary>
    private static async Task<string> OwnTokenAsync(RelyingParty caller, RelyingParty client, RelyingParty api) =>
        (
            await caller.TokenAsync(
                ("grant_type", "client_credentials"),
                ("scope", $"{RelyingParty.AudienceScope(client.Id)} {RelyingParty.AudienceScope(api.Id)}")
            )
        )
            .Expect(200)
            .Text("access_token");

    /// <summary>The scopes of the token that a client gets for this one.</summary>
    private static async Task<string[]> ScopesAsync(RelyingParty client, string token, params (string Name, string? Value)[] more)
    {
        var exchanged = (await client.ExchangeAsync(token, "access_token", more)).Expect(200).Text("access_token");
        return (await ToldAsync(client, exchanged)).Text("scope").Split(' ');
    }

    private static async Task<Reply> ToldAsync(RelyingParty asker, string token) =>
        (await asker.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200);

    /// <summary>Deletes a client, after which the token must not be active.</summary>
    private async Task EndsWithAsync(RelyingParty client, RelyingParty asker, string token)
    {
        (await Admin.DeleteAsync($"/v2/oidc/clients/{client.Id}")).Expect(200);
        await Eventually.GetAsync(
            () => asker.PostAsync("/oauth/v2/introspect", ("token", token)),
            told => told["active"]?.GetValue<bool>() is false,
            s_soon,
            "an inactive token"
        );
    }
}

public sealed class ExchangedTokenTestsOnSqlite(SqliteHost host) : ExchangedTokenTests(host);

public sealed class ExchangedTokenTestsOnPostgreSql(PostgreSqlHost host) : ExchangedTokenTests(host);
