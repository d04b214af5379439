using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Tests.Saml.Harness;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>The attributes of the sets, as service providers know them.</summary>
public sealed class AttributeSetTests
{
    [Theory]
    [InlineData(SamlAttributeSet.Basic, "UserName", "minnie")]
    [InlineData(SamlAttributeSet.Basic, "UserID", "u1")]
    [InlineData(SamlAttributeSet.Oid, "urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "minnie@id.example")]
    [InlineData(SamlAttributeSet.Oid, "urn:oasis:names:tc:SAML:attribute:subject-id", "abc@id.example")]
    [InlineData(SamlAttributeSet.Microsoft, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "minnie")]
    [InlineData(SamlAttributeSet.Microsoft, "http://schemas.microsoft.com/identity/claims/objectidentifier", "u1")]
    public void A_set_has_its_names(SamlAttributeSet set, string name, string value)
    {
        var attribute = Assert.Single(AttributeSets.Of(set, Person("minnie")), attribute => attribute.Name == name);

        Assert.Equal([value], attribute.Values);
        Assert.Equal(set == SamlAttributeSet.Basic ? SamlNames.Basic : SamlNames.Uri, attribute.Format);
    }

    [Fact]
    public void None_has_none() => Assert.Empty(AttributeSets.Of(SamlAttributeSet.None, Person("minnie")));

    /// <summary>Many service providers take these names for the address of the person.</summary>
    [Theory]
    [InlineData(SamlAttributeSet.Oid)]
    [InlineData(SamlAttributeSet.Microsoft)]
    public void A_user_name_that_looks_like_somebody_elses_address_is_in_no_set(SamlAttributeSet set) =>
        Assert.DoesNotContain(AttributeSets.Of(set, Person("boss@victim.example")), attribute =>
            attribute.Values.Any(value => value.Contains("victim.example", StringComparison.Ordinal))
        );

    [Fact]
    public void Names_and_formats_are_in_the_message()
    {
        var element = Messages.Document(
            SamlResponses
                .Success(
                    new SamlAssertion
                    {
                        Issuer = "https://idp",
                        Destination = "https://sp.example/acs",
                        Audience = "https://sp.example",
                        NameId = "minnie",
                        NameIdFormat = NameIdFormats.Persistent,
                        Now = DateTimeOffset.UnixEpoch,
                        Lifetime = TimeSpan.FromMinutes(5),
                        AuthenticatedAt = DateTimeOffset.UnixEpoch,
                        SessionIndex = "s1",
                        ContextClass = "urn:class",
                        Attributes = [new("urn:oid:2.5.4.4", ["Mouse", "Duck"], SamlNames.Uri, "sn")],
                    },
                    encryption: null,
                    Messages.Signer
                )
                .OuterXml
        );
        var attribute = (System.Xml.XmlElement)element.GetElementsByTagName("Attribute", SamlNames.Assertion)[0]!;

        Assert.Equal(
            ("urn:oid:2.5.4.4", SamlNames.Uri, "sn"),
            (attribute.GetAttribute("Name"), attribute.GetAttribute("NameFormat"), attribute.GetAttribute("FriendlyName"))
        );
        Assert.Equal(2, attribute.ChildNodes.Count);
        Assert.False(element.DocumentElement!.HasAttribute("InResponseTo"));
    }

    private static PersonNames Person(string userName) =>
        new(
            new UserView
            {
                Id = "u1",
                UserName = userName,
                State = UserState.Active,
                Details = new UserDetails(1, DateTimeOffset.UnixEpoch, "org", DateTimeOffset.UnixEpoch),
            },
            SendUnverifiedEmail: false,
            "id.example",
            "abc"
        );
}
