namespace Orleans.Sessions;

/// <summary>What a caller may do, as in the permission table of the session API.</summary>
[Flags]
public enum Permission
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>session.read</c></summary>
    SessionRead = 1 << 0,

    /// <summary><c>session.write</c></summary>
    SessionWrite = 1 << 1,

    /// <summary><c>session.delete</c></summary>
    SessionDelete = 1 << 2,

    /// <summary><c>session.link</c></summary>
    SessionLink = 1 << 3,

    /// <summary><c>user.read</c></summary>
    UserRead = 1 << 4,

    /// <summary><c>user.write</c></summary>
    UserWrite = 1 << 5,

    /// <summary><c>user.delete</c></summary>
    UserDelete = 1 << 6,

    /// <summary><c>user.credential.write</c></summary>
    UserCredentialWrite = 1 << 7,

    /// <summary><c>user.passkey.write</c></summary>
    UserPasskeyWrite = 1 << 8,

    /// <summary><c>iam.member.write</c> on the instance, <c>org.member.write</c> on an organization.</summary>
    MemberWrite = 1 << 9,

    /// <summary><c>org.write</c></summary>
    OrganizationWrite = 1 << 18,

    /// <summary><c>org.delete</c></summary>
    OrganizationDelete = 1 << 19,

    /// <summary><c>iam.idp.read</c></summary>
    IdentityProviderRead = 1 << 20,

    /// <summary><c>iam.idp.write</c></summary>
    IdentityProviderWrite = 1 << 21,

    /// <summary><c>policy.read</c></summary>
    PolicyRead = 1 << 22,

    /// <summary><c>oidc.client.read</c>: OpenID Connect clients and the notifications that they received.</summary>
    OidcClientRead = 1 << 23,

    /// <summary><c>oidc.client.write</c></summary>
    OidcClientWrite = 1 << 24,

    /// <summary><c>org.read</c></summary>
    OrganizationRead = 1 << 25,

    /// <summary><c>org.create</c></summary>
    OrganizationCreate = 1 << 26,

    /// <summary><c>saml.sp.read</c>: SAML service providers.</summary>
    SamlProviderRead = 1 << 27,

    /// <summary><c>saml.sp.write</c></summary>
    SamlProviderWrite = 1 << 28,

    /// <summary><c>events.read</c>: the audit trail.</summary>
    EventRead = 1 << 29,
}
