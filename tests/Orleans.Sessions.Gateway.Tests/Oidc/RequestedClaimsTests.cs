using Orleans.Sessions.Gateway.Oidc.Demands;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>The claims parameter of an authorization request (OpenID Connect Core §5.5).</summary>
public sealed class RequestedClaimsTests
{
    [Fact]
    public void Names_go_to_the_place_for_which_they_are_asked()
    {
        var claims = RequestedClaims.Read(
            """
            {"userinfo":{"given_name":{"essential":true},"picture":null,"email":null},
             "id_token":{"name":null,"auth_time":{"essential":true}}}
            """
        );

        Assert.Null(claims.Fault);
        Assert.Equal(["name"], claims.InIdToken);
        Assert.Equal(["given_name", "email"], claims.InUserInfo);
    }

    [Fact]
    public void The_user_and_the_levels_are_read_with_their_values()
    {
        var claims = RequestedClaims.Read(
            """{"id_token":{"sub":{"value":"4711"},"acr":{"essential":true,"values":["phr","aal2"]}},"userinfo":{"sub":{"value":"4711"}}}"""
        );

        Assert.Null(claims.Fault);
        Assert.Equal("4711", claims.Subject);
        Assert.Equal(["phr", "aal2"], claims.AcrValues);
        Assert.True(claims.IsAcrEssential);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"other":7,"id_token":null}""")]
    [InlineData("""{"id_token":{"sub":null,"acr":{"essential":false}}}""")]
    public void What_asks_for_nothing_has_no_effect(string? parameter)
    {
        var claims = RequestedClaims.Read(parameter);

        Assert.Equal((null, null, true), (claims.Fault, claims.Subject, claims.AcrValues.IsEmpty));
        Assert.Empty(claims.InIdToken);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("""{"id_token":[]}""")]
    [InlineData("""{"id_token":{"name":true}}""")]
    [InlineData("""{"id_token":{"name":{"essential":"yes"}}}""")]
    [InlineData("""{"id_token":{"acr":{"values":"aal2"}}}""")]
    [InlineData("""{"id_token":{"acr":{"values":[2]}}}""")]
    [InlineData("""{"id_token":{"sub":{"value":7}}}""")]
    [InlineData("""{"id_token":{"sub":{"value":""}}}""")]
    [InlineData("""{"id_token":{"sub":{"values":["1","2"]}}}""")]
    [InlineData("""{"id_token":{"sub":{"value":"1"}},"userinfo":{"sub":{"value":"2"}}}""")]
    [InlineData("""{"id_token":{"sub":{"value":"\ud800"}}}""")]
    [InlineData("""{"id_token":{"sub":{"value":"a\u0000b"}}}""")]
    [InlineData("""{"id_token":{"\ud800":null}}""")]
    [InlineData("""{"id_token":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":1}}}}}}}}}""")]
    public void What_has_another_form_is_refused(string parameter) =>
        Assert.StartsWith("The claims are not valid: ", RequestedClaims.Read(parameter).Fault, StringComparison.Ordinal);

    [Fact]
    public void The_number_of_claims_is_limited()
    {
        var many = string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"c{n}\":null"));

        Assert.NotNull(RequestedClaims.Read($"{{\"userinfo\":{{{many}}}}}").Fault);
    }
}
