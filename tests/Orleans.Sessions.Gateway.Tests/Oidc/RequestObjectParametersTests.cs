using System.Collections.Immutable;
using System.Text.Json;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Oidc.RequestObjects;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>Which claims of a request object are parameters of the request (RFC 9101 §4).</summary>
public sealed class RequestObjectParametersTests
{
    [Fact]
    public void Claims_are_parameters_except_those_about_the_object_and_the_proof_of_the_client()
    {
        var (parameters, fault) = Read(
            """
            {"iss":"shop","sub":"x","aud":"y","exp":1,"nbf":1,"iat":1,"jti":"z","client_secret":"s","client_assertion":"a",
             "client_assertion_type":"t","client_id":"shop","state":"s-1","max_age":60,"unknown":"u","unknown_list":[1],"prompt":null,
             "":"nameless"}
            """
        );

        Assert.Null(fault);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["client_id"] = "shop",
                ["state"] = "s-1",
                ["max_age"] = "60",
                ["unknown"] = "u",
            },
            parameters.ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value)
        );
    }

    [Fact]
    public void Only_claims_are_an_object_and_only_resource_is_a_list()
    {
        var (parameters, _) = Read("""{"claims":{"userinfo":{"email":null}},"resource":["https://a.example/","https://b.example/"]}""");

        Assert.Equal("""{"userinfo":{"email":null}}""", (string?)parameters["claims"]);
        Assert.Equal(new string?[] { "https://a.example/", "https://b.example/" }, (ImmutableArray<string?>)parameters["resource"]);
        Assert.Contains("resource", Read("""{"resource":[1]}""").Fault, StringComparison.Ordinal);
        Assert.Contains("claims", Read("""{"claims":[]}""").Fault, StringComparison.Ordinal);
        Assert.Contains("scope", Read("""{"scope":["openid"]}""").Fault, StringComparison.Ordinal);
        Assert.Contains("redirect_uri", Read("""{"redirect_uri":{}}""").Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"request":"x.y.z"}""", "request")]
    [InlineData("""{"request_uri":"urn:ietf:params:oauth:request_uri:x"}""", "request_uri")]
    [InlineData("""{"state":"\ud800"}""", "whole")]
    [InlineData("""{"\ud800":"x"}""", "whole")]
    public void What_cannot_be_a_request_is_refused(string claims, string named) =>
        Assert.Contains(named, Read(claims).Fault, StringComparison.Ordinal);

    private static (Dictionary<string, OpenIddictParameter> Parameters, string? Fault) Read(string claims)
    {
        using var document = JsonDocument.Parse(claims);
        return RequestObjectParameters.Of(document.RootElement);
    }
}
