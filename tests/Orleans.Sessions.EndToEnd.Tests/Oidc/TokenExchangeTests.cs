using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What a client gets for a token that it presents (RFC 8693).</summary>
public abstract class TokenExchangeTests(SharedHost host) : ContractTests(host)
{
    private const string Types = RelyingParty.TokenTypes;

    [Fact]
    public async Task An_api_exchanges_the_token_that_it_was_given_for_less_and_never_for_more()
    {
        var api = await RegisterAsync();
        var shop = await RelyingParty.RegisterAsync(Admin, ("scopes", new[] { RelyingParty.AudienceScope(api.Id) }));
        var human = await Admin.NewHumanAsync();
        var given = (
            await shop.SignInAsync(await Admin.OpenAsync(human), $"openid email offline_access {RelyingParty.AudienceScope(api.Id)}")
        ).Text("access_token");

        var all = (await api.ExchangeAsync(given, "access_token")).Expect(200);
        var less = (await api.ExchangeAsync(given, "access_token", ("scope", "openid"), ("audience", api.Id))).Expect(200);

        Assert.Equal(($"{Types}access_token", "Bearer"), (all.Text("issued_token_type"), all.Text("token_type")));
        Assert.False(all.Has("refresh_token"));
        Assert.Equal("openid", less.Text("scope"));
        var told = (await api.PostAsync("/oauth/v2/introspect", ("token", all.Text("access_token")))).Expect(200);
        var before = (await api.PostAsync("/oauth/v2/introspect", ("token", given))).Expect(200);
        Assert.Equal((human.Id, api.Id), (told.Text("sub"), told.Text("client_id")));
        Assert.True(told.Number("exp") <= before.Number("exp"));
        (await api.ExchangeAsync(given, "access_token", ("scope", "openid phone"))).ExpectOAuth(400, "invalid_scope");
        (await api.ExchangeAsync(given, "access_token", ("audience", shop.Id))).ExpectOAuth(400, "invalid_target");
        (await (await RegisterAsync()).ExchangeAsync(given, "access_token")).ExpectOAuth(400, "invalid_grant");
        (await api.ExchangeAsync("nonsense", "access_token")).ExpectOAuth(400, "invalid_grant");
        (await api.ExchangeAsync(given, "saml2")).ExpectOAuth(400, "invalid_request");
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("id_token")]
    [InlineData("refresh_token")]
    public async Task A_client_exchanges_its_own_tokens_until_their_session_ends(string type)
    {
        var client = await RegisterAsync();
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var token = (await client.SignInAsync(session)).Text(type);
        var exchanged = (await client.ExchangeAsync(token, type)).Expect(200).Text("access_token");
        Assert.True(await client.IsActiveAsync(exchanged));

        (await Admin.EndAsync(session)).Expect(200);

        Assert.False(await client.IsActiveAsync(exchanged));
        (await client.ExchangeAsync(token, type)).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_jwt_can_be_asked_for()
    {
        var client = await RegisterAsync();
        var token = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()))).Text("access_token");

        var reply = (await client.ExchangeAsync(token, "access_token", ("requested_token_type", $"{Types}jwt"))).Expect(200);

        Assert.Equal($"{Types}jwt", reply.Text("issued_token_type"));
        Assert.Equal(client.Id, Jwt.Claims(reply.Text("access_token"))["client_id"]!.GetValue<string>());
        (await client.ExchangeAsync(token, "access_token", ("requested_token_type", $"{Types}refresh_token"))).ExpectOAuth(
            400,
            "invalid_request"
        );
    }

    [Fact]
    public async Task Who_acts_for_a_person_is_told_if_the_client_may_say_so()
    {
        var (client, strict) = (await RegisterAsync(("allowActors", true)), await RegisterAsync());
        var (person, first, second) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        async Task<string> TokenAsync(RelyingParty party, Human human) =>
            (await party.SignInAsync(await Admin.OpenAsync(human))).Text("access_token");
        async Task<Reply> ActAsync(RelyingParty party, string subject, Human actor) =>
            await party.ExchangeAsync(
                subject,
                "access_token",
                ("actor_token", await TokenAsync(party, actor)),
                ("actor_token_type", $"{Types}access_token")
            );

        (await ActAsync(strict, await TokenAsync(strict, person), first)).ExpectOAuth(400, "invalid_request");
        var once = (await ActAsync(client, await TokenAsync(client, person), first)).Expect(200).Text("access_token");
        var twice = (await ActAsync(client, once, second)).Expect(200).Text("access_token");

        var told = (await client.PostAsync("/oauth/v2/introspect", ("token", twice))).Expect(200);
        Assert.Equal((person.Id, second.Id, first.Id), (told.Text("sub"), told.Text("act.sub"), told.Text("act.act.sub")));
    }

    private Task<RelyingParty> RegisterAsync(params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterAsync(
            Admin,
            [("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.RefreshToken, RelyingParty.TokenExchange }), .. settings]
        );
}

public sealed class TokenExchangeTestsOnSqlite(SqliteHost host) : TokenExchangeTests(host);

public sealed class TokenExchangeTestsOnPostgreSql(PostgreSqlHost host) : TokenExchangeTests(host);
