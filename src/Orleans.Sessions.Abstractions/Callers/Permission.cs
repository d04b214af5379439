namespace Orleans.Sessions;

/// <summary>What a caller may do. The contract says which roles have the permissions for sessions (§6).</summary>
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

    /// <summary><c>project.read</c>: projects, their roles and their applications.</summary>
    ProjectRead = 1 << 12,

    /// <summary><c>project.write</c></summary>
    ProjectWrite = 1 << 13,

    /// <summary><c>project.delete</c></summary>
    ProjectDelete = 1 << 14,

    /// <summary><c>user.grant.read</c>: which roles people have in projects.</summary>
    UserGrantRead = 1 << 15,

    /// <summary><c>user.grant.write</c></summary>
    UserGrantWrite = 1 << 16,

    /// <summary><c>user.grant.delete</c></summary>
    UserGrantDelete = 1 << 17,

    /// <summary><c>iam.web_key.read</c>: the keys that sign tokens and SAML messages.</summary>
    SigningKeyRead = 1 << 18,

    /// <summary><c>iam.web_key.write</c></summary>
    SigningKeyWrite = 1 << 19,

    /// <summary><c>org.write</c></summary>
    OrganizationWrite = 1 << 10,

    /// <summary><c>org.delete</c></summary>
    OrganizationDelete = 1 << 11,

    /// <summary><c>iam.member.read</c> on the instance, <c>org.member.read</c> on an organization.</summary>
    MemberRead = 1 << 30,

    /// <summary><c>iam.policy.write</c>, <c>iam.feature.write</c>: settings that are changed at run time.</summary>
    PolicyWrite = 1 << 31,

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
