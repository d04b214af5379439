using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>Which claims by configuration there can be.</summary>
public sealed class ClaimRulesTests
{
    [Theory]
    [InlineData("sub")]
    [InlineData("SUB")]
    [InlineData("acr")]
    [InlineData("authorization_details")]
    [InlineData("oi_tkn_id")]
    [InlineData("urn:zitadel:iam:org:project:roles")]
    [InlineData("email")]
    [InlineData("Phone_Number")]
    [InlineData("email_verified")]
    public void Nobody_gives_a_claim_that_others_trust_another_value(string name) =>
        Assert.Equal(SessionErrors.ClientClaimNameReserved, ClaimRules.FaultOf([Fixed(name)]));

    [Fact]
    public void An_address_and_a_number_are_told_as_what_they_are_and_under_any_other_name()
    {
        Assert.Null(ClaimRules.FaultOf([Field("email", "email"), Field("phone_number", "phone"), Field("mail", "email"), Fixed("phone")]));
        Assert.Equal(SessionErrors.ClientClaimNameReserved, ClaimRules.FaultOf([Field("email", "userName")]));
        Assert.Equal(SessionErrors.ClientClaimNameReserved, ClaimRules.FaultOf([Field("phone_number", "email")]));
    }

    [Fact]
    public void There_are_few_of_different_names_and_not_too_long_in_all()
    {
        Assert.Null(ClaimRules.FaultOf([.. Enumerable.Range(0, 50).Select(i => Fixed($"c{i}"))]));
        Assert.Equal(SessionErrors.ClientClaimsTooMany, ClaimRules.FaultOf([.. Enumerable.Range(0, 51).Select(i => Fixed($"c{i}"))]));
        Assert.Equal(SessionErrors.ClientClaimsTooMany, ClaimRules.FaultOf([Fixed("c"), Field("c", "userId")]));
        Assert.Null(ClaimRules.FaultOf([.. Enumerable.Range(0, 4).Select(i => Fixed($"c{i}", 4096))]));
        Assert.Equal(SessionErrors.ClientClaimsTooMany, ClaimRules.FaultOf([.. Enumerable.Range(0, 5).Select(i => Fixed($"c{i}", 4096))]));
        Assert.Equal(SessionErrors.ClientClaimInvalid, ClaimRules.FaultOf([Fixed("c", 4097)]));
    }

    [Theory]
    [InlineData("""{"country":["CH",null,1.5]}""", true)]
    [InlineData("""["\ud83d\ude00"]""", true)]
    [InlineData("""["\ud83d"]""", false)]
    [InlineData("""{"\ude00":1}""", false)]
    [InlineData("{} {}", false)]
    [InlineData("", false)]
    public void Json_has_strings_that_can_be_read(string text, bool isJson) => Assert.Equal(isJson, ClaimRules.IsJson(text));

    private static ClaimRule Fixed(string name, int length = 1) =>
        new()
        {
            Name = name,
            Source = ClaimSource.Fixed,
            Key = new string('x', length),
        };

    private static ClaimRule Field(string name, string field) =>
        new()
        {
            Name = name,
            Source = ClaimSource.Profile,
            Key = field,
        };
}
