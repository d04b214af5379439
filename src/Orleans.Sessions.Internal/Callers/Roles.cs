using System.Collections.Frozen;
using static Orleans.Sessions.Permission;

namespace Orleans.Sessions;

/// <summary>The administrator roles and what each of them permits.</summary>
public static class Roles
{
    private const Permission ManageUsers = UserRead | UserWrite | UserDelete | UserCredentialWrite | UserPasskeyWrite;

    private static readonly FrozenDictionary<string, Permission> s_instance = new Dictionary<string, Permission>
    {
        ["IAM_OWNER"] =
            SessionRead
            | SessionWrite
            | SessionDelete
            | ManageUsers
            | MemberWrite
            | IdentityProviderRead
            | IdentityProviderWrite
            | PolicyRead
            | OidcClientRead
            | OidcClientWrite
            | OrganizationRead
            | OrganizationCreate
            | OrganizationWrite
            | OrganizationDelete
            | SamlProviderRead
            | SamlProviderWrite
            | EventRead,
        ["IAM_OWNER_VIEWER"] =
            SessionRead | UserRead | IdentityProviderRead | PolicyRead | OidcClientRead | OrganizationRead | SamlProviderRead | EventRead,
        ["IAM_ORG_MANAGER"] =
            SessionRead
            | SessionDelete
            | ManageUsers
            | PolicyRead
            | OrganizationRead
            | OrganizationCreate
            | OrganizationWrite
            | OrganizationDelete
            | EventRead,
        ["IAM_USER_MANAGER"] = SessionRead | SessionDelete | ManageUsers | PolicyRead | OrganizationRead | EventRead,
        ["IAM_LOGIN_CLIENT"] =
            SessionRead
            | SessionWrite
            | SessionDelete
            | SessionLink
            | UserRead
            | UserWrite
            | UserCredentialWrite
            | UserPasskeyWrite
            | IdentityProviderRead
            | PolicyRead
            | OrganizationRead,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Permission> s_organization = new Dictionary<string, Permission>
    {
        ["ORG_OWNER"] =
            SessionRead
            | SessionDelete
            | ManageUsers
            | MemberWrite
            | PolicyRead
            | OrganizationRead
            | OrganizationWrite
            | OrganizationDelete
            | EventRead,
        ["ORG_USER_MANAGER"] = SessionRead | SessionDelete | ManageUsers | PolicyRead | OrganizationRead | EventRead,
    }.ToFrozenDictionary();

    /// <summary>Whether <paramref name="role"/> can be granted on the instance.</summary>
    public static bool IsInstanceRole(string role) => s_instance.ContainsKey(role);

    /// <summary>Whether <paramref name="role"/> can be granted on an organization.</summary>
    public static bool IsOrganizationRole(string role) => s_organization.ContainsKey(role);

    /// <summary>The permissions of all these roles together, wherever the roles were granted.</summary>
    public static Permission PermissionsOf(IEnumerable<string> roles) =>
        roles.Aggregate(None, (all, role) => all | s_instance.GetValueOrDefault(role) | s_organization.GetValueOrDefault(role));
}
