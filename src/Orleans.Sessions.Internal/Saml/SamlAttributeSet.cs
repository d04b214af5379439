namespace Orleans.Sessions.Saml;

/// <summary>The attributes that a service provider gets. The numbers are those of <c>sessions.saml.v1.AttributeSet</c>.</summary>
public enum SamlAttributeSet
{
    /// <summary><c>Email</c>, <c>SurName</c>, <c>FirstName</c> and others in the basic format, as ZITADEL has them.</summary>
    Basic = 1,

    /// <summary>The object identifiers of LDAP and eduPerson, which Shibboleth and others know without configuration.</summary>
    Oid = 2,

    /// <summary>The claim addresses of Microsoft's products.</summary>
    Microsoft = 3,

    /// <summary>None but those of the rules.</summary>
    None = 4,
}
