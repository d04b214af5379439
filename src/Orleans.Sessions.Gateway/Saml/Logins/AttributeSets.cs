using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>The sets of attributes that a service provider can choose from. An attribute without a value is left out.</summary>
internal static class AttributeSets
{
    private const string Claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private const string MicrosoftClaims = "http://schemas.microsoft.com/identity/claims/";

    /// <summary>The attributes of a set.</summary>
    public static IEnumerable<SamlAttribute> Of(SamlAttributeSet set, PersonNames person) =>
        (
            set switch
            {
                SamlAttributeSet.Oid => Oid(person),
                SamlAttributeSet.Microsoft => Microsoft(person),
                SamlAttributeSet.None => [],
                _ => Basic(person),
            }
        ).Where(attribute => attribute.Values is [{ Length: > 0 }]);

    private static IEnumerable<SamlAttribute> Basic(PersonNames person) =>
        [
            Attribute("Email", person.Email),
            Attribute(
                "EmailVerified",
                person.Email is null ? null
                    : person.IsEmailVerified ? "true"
                    : "false"
            ),
            Attribute("SurName", person.FamilyName),
            Attribute("FirstName", person.GivenName),
            Attribute("FullName", person.DisplayName),
            Attribute("UserName", person.User.UserName),
            Attribute("UserID", person.User.Id),
        ];

    /// <summary>The names of LDAP (RFC 4519, RFC 4524, RFC 2798), eduPerson, and the SAML Subject Identifier Attributes Profile.</summary>
    private static IEnumerable<SamlAttribute> Oid(PersonNames person) =>
        [
            Oid("0.9.2342.19200300.100.1.3", "mail", person.Email),
            Oid("2.16.840.1.113730.3.1.241", "displayName", person.DisplayName),
            Oid("2.5.4.42", "givenName", person.GivenName),
            Oid("2.5.4.4", "sn", person.FamilyName),
            Oid("1.3.6.1.4.1.5923.1.1.1.6", "eduPersonPrincipalName", person.PrincipalName),
            Attribute("urn:oasis:names:tc:SAML:attribute:subject-id", person.SubjectId, SamlNames.Uri, "subject-id"),
        ];

    private static IEnumerable<SamlAttribute> Microsoft(PersonNames person) =>
        [
            Attribute($"{Claims}emailaddress", person.Email, SamlNames.Uri),
            Attribute($"{Claims}givenname", person.GivenName, SamlNames.Uri),
            Attribute($"{Claims}surname", person.FamilyName, SamlNames.Uri),
            Attribute($"{Claims}name", person.ClearUserName, SamlNames.Uri),
            Attribute($"{MicrosoftClaims}displayname", person.DisplayName, SamlNames.Uri),
            Attribute($"{MicrosoftClaims}objectidentifier", person.User.Id, SamlNames.Uri),
        ];

    private static SamlAttribute Oid(string id, string friendlyName, string? value) =>
        Attribute($"urn:oid:{id}", value, SamlNames.Uri, friendlyName);

    private static SamlAttribute Attribute(string name, string? value, string format = SamlNames.Basic, string? friendlyName = null) =>
        new(name, value is null ? [] : [value], format, friendlyName);
}
