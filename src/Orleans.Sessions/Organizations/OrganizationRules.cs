using Orleans.Sessions.Directory;
using Orleans.Sessions.Names;

namespace Orleans.Sessions.Organizations;

/// <summary>The rules for adding an organization.</summary>
internal static class OrganizationRules
{
    /// <summary>Fails if the caller may not add the organization with its administrators, or if the command makes no sense.</summary>
    public static void EnsureSound(AddOrganization command)
    {
        command.Caller.Require(Permission.OrganizationCreate);
        if (command.Administrators.IsEmpty)
        {
            return;
        }

        command.Caller.Require(Permission.MemberWrite, command.Id);
        var known = command.Administrators.Where(admin => admin.Person is null).Select(admin => admin.UserId).ToList();
        if (
            command.Administrators.Length > IOrganizationsGrain.MaxFirstAdministrators
            || known.Contains("")
            || known.Distinct().Count() < known.Count
        )
        {
            throw new SessionException(SessionErrors.UserInputInvalid);
        }

        if (command.Administrators.SelectMany(admin => admin.Roles).Any(role => !Roles.IsOrganizationRole(role)))
        {
            throw new SessionException(SessionErrors.RoleUnknown);
        }
    }

    /// <summary>Fails if the organization cannot be added to <paramref name="known"/>.</summary>
    public static void EnsureMayAdd(OrganizationsRecord known, OrganizationView @default, AddOrganization command)
    {
        if (!VisibleText.IsId(command.Id))
        {
            throw new SessionException(SessionErrors.IdCharacters);
        }

        if (
            command.Id == @default.Id
            || known.Organizations.Any(organization => organization.Id == command.Id)
            || IsTaken(known, @default, command.Id, command.Name)
        )
        {
            throw new SessionException(SessionErrors.OrganizationTaken);
        }

        if (known.Organizations.Length >= IOrganizationsGrain.MaxOrganizations)
        {
            throw new SessionException(SessionErrors.TooManyOrganizations);
        }
    }

    /// <summary>The organization with this id; <c>null</c> if there is none besides the default organization.</summary>
    public static StoredOrganization? Find(OrganizationsRecord known, string id) =>
        known.Organizations.FirstOrDefault(organization => organization.Id == id && organization.State != OrganizationState.Removed);

    /// <summary>Fails if an existing organization cannot get this name.</summary>
    public static void EnsureMayRename(OrganizationsRecord known, OrganizationView @default, string id, string name)
    {
        if (name == (id == @default.Id ? @default.Name : Find(known, id)!.Name))
        {
            throw new SessionException(SessionErrors.OrganizationNotChanged);
        }

        if (IsTaken(known, @default, id, name))
        {
            throw new SessionException(SessionErrors.OrganizationTaken);
        }
    }

    /// <summary>Whether another organization has the name. An organization that is being deleted has its name until it is gone.</summary>
    private static bool IsTaken(OrganizationsRecord known, OrganizationView @default, string id, string name)
    {
        var key = TextKey.Of(name);
        return (id != @default.Id && TextKey.Of(@default.Name) == key)
            || known.Organizations.Any(organization => organization.Id != id && TextKey.Of(organization.Name) == key);
    }
}
