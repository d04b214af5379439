using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Answers of userinfo and introspection as signed JWTs.</summary>
public sealed class SignedAnswerTests(SqliteHost host) : ContractTests(host)
{
    private const string IntrospectionType = "application/token-introspection+jwt";

    [Fact]
    public async Task Userinfo_is_signed_for_a_client_that_is_registered_for_it()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("userInfoSigned", true));
        var human = await Admin.NewHumanAsync();
        var token = (await client.SignInAsync(await Admin.OpenAsync(human))).Text("access_token");

        var reply = (await Admin.As(token).GetAsync("/oidc/v1/userinfo")).Expect(200);

        Assert.StartsWith("application/jwt", reply.Header("Content-Type"), StringComparison.Ordinal);
        var claims = await Jwt.VerifyAsync(Admin, reply.Body, "JWT");
        Assert.Equal((human.Id, client.Id), (claims["sub"]!.GetValue<string>(), claims["aud"]!.GetValue<string>()));
        Assert.Equal(Admin.Host.Address.GetLeftPart(UriPartial.Authority), claims["iss"]!.GetValue<string>());
        Assert.NotNull(claims["email"]);
        (await Admin.As("wrong").GetAsync("/oidc/v1/userinfo")).Expect(401);
    }

    [Fact]
    public async Task Introspection_is_signed_for_who_asks_for_it()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var token = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()))).Text("access_token");
        var asking = client.Authenticated.With("Accept", IntrospectionType);

        foreach (var (given, isActive) in new[] { (token, true), ("unknown", false) })
        {
            var reply = (await asking.PostFormAsync("/oauth/v2/introspect", ("token", given))).Expect(200);
            Assert.StartsWith(IntrospectionType, reply.Header("Content-Type"), StringComparison.Ordinal);
            var claims = await Jwt.VerifyAsync(Admin, reply.Body, "token-introspection+jwt");
            Assert.Equal(client.Id, claims["aud"]!.GetValue<string>());
            Assert.Null(claims["sub"]);
            Assert.Equal(isActive, claims["token_introspection"]!["active"]!.GetValue<bool>());
        }

        var plain = (await client.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200);
        Assert.True(plain["active"]!.GetValue<bool>());
        var stranger = Admin.As(null).With("Accept", IntrospectionType);
        (await stranger.PostFormAsync("/oauth/v2/introspect", ("token", token))).ExpectOAuth(401, "invalid_client");
    }
}
