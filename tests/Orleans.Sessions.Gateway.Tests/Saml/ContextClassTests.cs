using System.Collections.Immutable;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>Requested classes become levels of assurance, and the answer uses one of the requested classes.</summary>
public sealed class ContextClassTests
{
    private const string Aal3 = "http://idmanagement.gov/ns/assurance/aal/3";
    private const string Mfa = "https://refeds.org/profile/mfa";
    private const string Password = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
    private const string Unspecified = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";

    [Theory]
    [InlineData("exact", Password, "aal1")]
    [InlineData("exact", Mfa, "aal2")]
    [InlineData("minimum", Mfa, "aal2")]
    [InlineData("minimum", "http://idmanagement.gov/ns/assurance/aal/2?phishing_resistant=true", "phr")]
    [InlineData("maximum", Mfa, "aal1")]
    [InlineData("better", Password, "aal2")]
    [InlineData("better", Mfa, "phr")]
    [InlineData("better", "phr", "aal3")]
    [InlineData("minimum", "http://idmanagement.gov/ns/assurance/aal/3", "aal3")]
    public void A_class_and_its_comparison_want_a_level(string comparison, string contextClass, string level) =>
        Assert.Equal(level, Assert.Single(ContextClasses.Wanted([contextClass], comparison)!.Value));

    [Theory]
    [InlineData("exact", "urn:unknown")]
    [InlineData("better", "aal3")]
    [InlineData("nonsense", Password)]
    public void What_cannot_be_had_is_known_at_once(string comparison, string contextClass) =>
        Assert.Null(ContextClasses.Wanted([contextClass], comparison));

    [Fact]
    public void Nothing_asked_is_nothing_wanted() => Assert.Empty(ContextClasses.Wanted([], "exact")!.Value);

    [Theory]
    [InlineData("aal1", true, Password)]
    [InlineData("aal1", false, Unspecified)]
    [InlineData("aal2", true, Mfa)]
    [InlineData("phr", false, Mfa)]
    [InlineData("aal2", true, Password, Password)]
    [InlineData("aal2", true, Mfa, Password, Mfa)]
    [InlineData("aal1", true, Password, Password, Mfa)]
    public void The_highest_class_of_those_asked_for_is_told(string acr, bool hasPassword, string told, params string[] asked) =>
        Assert.Equal(told, ContextClasses.Reached(Request([.. asked]), Subject(acr, hasPassword)));

    [Theory]
    [InlineData("minimum", "aal3", Aal3, Aal3)]
    [InlineData("minimum", "aal3", "phr", "phr")]
    [InlineData("minimum", "phr", Mfa, Mfa)]
    [InlineData("minimum", "phr", Password, Mfa)]
    [InlineData("better", "phr", Mfa, "phr")]
    [InlineData("better", "aal3", "phr", "aal3")]
    [InlineData("better", "aal2", Password, Mfa)]
    public void No_less_is_told_than_was_asked_for(string comparison, string acr, string asked, string told) =>
        Assert.Equal(
            told,
            ContextClasses.Reached(Request([asked]) with { ContextComparison = comparison }, Subject(acr, hasPassword: false))
        );

    private static SamlSubject Subject(string acr, bool hasPassword) =>
        new()
        {
            UserId = "u",
            NameId = "n",
            SessionIndex = "s",
            AuthenticatedAt = default,
            Acr = acr,
            HasPassword = hasPassword,
        };

    private static SamlRequest Request(ImmutableArray<string> classes) =>
        new()
        {
            EntityId = "urn:wiki",
            RequestId = "_1",
            Origin = "https://id.example.com",
            AssertionConsumer = "https://wiki.example/acs",
            Binding = SamlBindingUris.Post,
            NameIdFormat = NameIdFormats.Persistent,
            ContextClasses = classes,
        };
}
