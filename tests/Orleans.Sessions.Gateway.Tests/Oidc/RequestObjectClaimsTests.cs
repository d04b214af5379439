using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Orleans.Sessions.Gateway.Oidc.RequestObjects;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>A request object is of its client, for this issuer and for a short time (RFC 9101).</summary>
public sealed class RequestObjectClaimsTests
{
    private const string Issuer = "https://login.example";

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly OidcClient s_shop = new() { Id = "shop" };
    private static readonly OidcClient s_bank = new() { Id = "shop", Profile = ClientProfile.Fapi2 };

    private static long Now => s_now.ToUnixTimeSeconds();

    [Fact]
    public void A_good_object_has_no_fault()
    {
        Assert.Null(FaultOf(s_shop));
        Assert.Null(FaultOf(s_shop, ("aud", new JsonArray("https://elsewhere.example", Issuer))));
        Assert.Null(FaultOf(s_shop, ("exp", Now + 3600), ("nbf", Now), ("iat", Now)));
        Assert.Null(FaultOf(s_shop, ("sub", "somebody")));
        Assert.Null(FaultOf(s_bank, ("nbf", Now - 60)));
    }

    [Fact]
    public void Whom_it_is_of_and_for_must_be_right()
    {
        Assert.Contains("(iss)", FaultOf(s_shop, ("iss", "other")), StringComparison.Ordinal);
        Assert.Contains("(iss)", FaultOf(s_shop, ("iss", null)), StringComparison.Ordinal);
        Assert.Contains("(sub)", FaultOf(s_shop, ("sub", "shop")), StringComparison.Ordinal);
        Assert.Contains("(aud)", FaultOf(s_shop, ("aud", null)), StringComparison.Ordinal);
        Assert.Contains("(aud)", FaultOf(s_shop, ("aud", $"{Issuer}/")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_good_for_an_hour_at_most()
    {
        Assert.Contains("no end", FaultOf(s_shop, ("exp", null)), StringComparison.Ordinal);
        Assert.Contains("expired", FaultOf(s_shop, ("exp", Now - 10)), StringComparison.Ordinal);
        Assert.Contains("too long", FaultOf(s_shop, ("exp", Now + 3611)), StringComparison.Ordinal);
        Assert.Contains("(nbf)", FaultOf(s_shop, ("nbf", Now + 11)), StringComparison.Ordinal);
        Assert.Contains("(iat)", FaultOf(s_shop, ("iat", Now + 11)), StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_profile_of_fapi_it_has_a_beginning_within_the_last_hour()
    {
        Assert.Contains("(nbf)", FaultOf(s_bank), StringComparison.Ordinal);
        Assert.Contains("one hour", FaultOf(s_bank, ("nbf", Now - 3611), ("exp", Now + 60)), StringComparison.Ordinal);
        Assert.Contains("one hour", FaultOf(s_bank, ("nbf", Now - 1800), ("exp", Now + 1801)), StringComparison.Ordinal);
    }

    private static string? FaultOf(OidcClient client, params (string Name, JsonNode? Value)[] changes)
    {
        var claims = new JsonObject
        {
            ["iss"] = "shop",
            ["aud"] = Issuer,
            ["exp"] = Now + 300,
        };
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return RequestObjectClaims.FaultOf(new JsonWebToken("""{"alg":"RS256"}""", claims.ToJsonString()), client, Issuer, s_now);
    }
}
