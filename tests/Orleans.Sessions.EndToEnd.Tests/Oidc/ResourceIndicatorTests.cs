using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Resources that a client names as the only audiences of its tokens (RFC 8707).</summary>
public sealed class ResourceIndicatorTests(SqliteHost host) : ContractTests(host)
{
    private const string Orders = "https://orders.example/v1";
    private const string Stock = "https://stock.example/";

    [Fact]
    public async Task Tokens_are_for_the_resources_of_the_login_and_each_token_may_be_for_fewer()
    {
        var client = await RegisterAsync();
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var pushed = await client.PostAsync(
            "/oauth/v2/par",
            ("redirect_uri", RelyingParty.RedirectUri),
            ("response_type", "code"),
            ("scope", "openid offline_access"),
            ("resource", Orders),
            ("resource", Stock)
        );
        var code = await client.CodeAsync(
            session,
            ("request_uri", pushed.Expect(201).Text("request_uri")),
            ("redirect_uri", null),
            ("response_type", null),
            ("scope", null),
            ("state", null)
        );

        var tokens = (await client.RedeemAsync(code)).Expect(200);
        Assert.Equal([Orders, Stock], AudiencesOf(tokens.Text("access_token")));
        Assert.Equal([client.Id], AudiencesOf(tokens.Text("id_token")));
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));

        var fewer = (await RefreshAsync(client, tokens, Stock)).Expect(200);
        Assert.Equal([Stock], AudiencesOf(fewer.Text("access_token")));
        var again = (await client.RefreshAsync(fewer.Text("refresh_token"))).Expect(200);
        Assert.Equal([Orders, Stock], AudiencesOf(again.Text("access_token")));
    }

    [Fact]
    public async Task A_token_request_cannot_add_a_resource_to_those_of_the_login()
    {
        var client = await RegisterAsync();
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var code = await client.CodeAsync(session, ("resource", Orders), ("scope", "openid offline_access"));

        (await RedeemAsync(client, code, Stock)).ExpectOAuth(400, "invalid_target");
        var tokens = (await RedeemAsync(client, code, Orders)).Expect(200);
        (await RefreshAsync(client, tokens, Stock)).ExpectOAuth(400, "invalid_target");
        (await RefreshAsync(client, tokens, Orders)).Expect(200);
    }

    [Fact]
    public async Task A_resource_that_is_not_registered_is_refused()
    {
        var client = await RegisterAsync();
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        foreach (var resource in new[] { "https://elsewhere.example/", "https://stock.example", "stock", $"{Orders} {Stock}x" })
        {
            var location = new Uri((await client.AuthorizeAsync(("resource", resource))).Expect(302).Header("Location")!);
            Assert.Equal("invalid_target", RelyingParty.QueryOf(location)["error"]);
            (await RedeemAsync(client, await client.CodeAsync(session), resource)).ExpectOAuth(400, "invalid_target");
        }
    }

    [Fact]
    public async Task A_client_for_itself_names_resources_too()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("redirectUris", Array.Empty<string>()),
            ("grantTypes", new[] { "client_credentials" }),
            ("resources", new[] { Orders }),
            ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT")
        );

        var token = (await client.TokenAsync(("grant_type", "client_credentials"), ("resource", Orders))).Expect(200);
        Assert.Equal([Orders], AudiencesOf(token.Text("access_token")));
        (await client.TokenAsync(("grant_type", "client_credentials"), ("resource", Stock))).ExpectOAuth(400, "invalid_target");
    }

    [Fact]
    public async Task A_token_for_a_resource_is_not_for_the_api_of_this_service()
    {
        var client = await RegisterAsync(("scopes", new[] { RelyingParty.ApiScope }));
        var human = await Admin.NewHumanAsync();
        var code = await client.CodeAsync(await Admin.OpenAsync(human), ("resource", Orders), ("scope", $"openid {RelyingParty.ApiScope}"));
        var token = (await client.RedeemAsync(code)).Expect(200).Text("access_token");

        (await Admin.As(token).GetAsync($"/v2/users/{human.Id}")).Expect(401);
    }

    [Fact]
    public async Task A_token_for_a_resource_is_not_exchanged_for_one_without()
    {
        var grants = new[] { RelyingParty.AuthorizationCode, RelyingParty.RefreshToken, RelyingParty.TokenExchange };
        var client = await RegisterAsync(("grantTypes", grants));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var code = await client.CodeAsync(session, ("resource", Orders), ("scope", "openid offline_access"));
        var tokens = (await client.RedeemAsync(code)).Expect(200);

        (await client.ExchangeAsync(tokens.Text("access_token"), "access_token")).ExpectOAuth(400, "invalid_target");
        (await client.ExchangeAsync(tokens.Text("refresh_token"), "refresh_token")).ExpectOAuth(400, "invalid_target");
        (await client.ExchangeAsync(tokens.Text("id_token"), "id_token")).ExpectOAuth(400, "invalid_target");
    }

    private Task<RelyingParty> RegisterAsync(params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterAsync(
            Admin,
            [("resources", new[] { Orders, Stock }), ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"), .. settings]
        );

    private static Task<Reply> RedeemAsync(RelyingParty client, string code, string resource) =>
        client.TokenAsync(
            ("grant_type", RelyingParty.AuthorizationCode),
            ("code", code),
            ("redirect_uri", RelyingParty.RedirectUri),
            ("resource", resource)
        );

    private static Task<Reply> RefreshAsync(RelyingParty client, Reply tokens, string resource) =>
        client.TokenAsync(
            ("grant_type", RelyingParty.RefreshToken),
            ("refresh_token", tokens.Text("refresh_token")),
            ("resource", resource)
        );

    private static IEnumerable<string> AudiencesOf(string token) =>
        Jwt.Claims(token)["aud"] switch
        {
            JsonArray many => many.Select(one => one!.GetValue<string>()),
            var one => [one!.GetValue<string>()],
        };
}
