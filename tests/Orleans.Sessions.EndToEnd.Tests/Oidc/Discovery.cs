namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What the provider says about itself (RFC 8414).</summary>
public sealed class Discovery(SqliteHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("token", true)]
    [InlineData("revocation", true)]
    [InlineData("device_authorization", true)]
    [InlineData("pushed_authorization_request", true)]
    [InlineData("introspection", false)]
    public async Task Endpoints_tell_how_clients_prove_who_they_are(string endpoint, bool isForPublicClients)
    {
        var metadata = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        var methods = Names(metadata, $"{endpoint}_endpoint_auth_methods_supported");
        Assert.Equal(isForPublicClients, methods.Contains("none"));
        Assert.Superset(new HashSet<string> { "client_secret_basic", "client_secret_post", "private_key_jwt" }, methods);
        Assert.Superset(new HashSet<string> { "RS256", "ES256" }, Names(metadata, $"{endpoint}_endpoint_auth_signing_alg_values_supported"));
    }

    [Fact]
    public async Task Userinfo_says_in_the_header_alone_that_it_wants_a_token()
    {
        var without = (await Admin.As(null).GetAsync("/oidc/v1/userinfo")).Expect(401);
        var wrong = (await Admin.As("wrong").GetAsync("/oidc/v1/userinfo")).Expect(401);

        Assert.Equal(("Bearer", ""), (without.Header("WWW-Authenticate"), without.Body));
        Assert.StartsWith("Bearer error=\"invalid_token\"", wrong.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    private static HashSet<string> Names(Reply metadata, string member) =>
        [.. metadata.Items(member).Select(name => name!.GetValue<string>())];
}
