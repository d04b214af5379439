using Orleans.Sessions.Names;
using Orleans.Sessions.Storage;

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
            throw new SessionException(SessionErrors.AdministratorsInvalid);
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

        var name = TextKey.Of(command.Name);
        if (
            command.Id == @default.Id
            || name == TextKey.Of(@default.Name)
            || known.Organizations.Any(organization => organization.Id == command.Id || TextKey.Of(organization.Name) == name)
        )
        {
            throw new SessionException(SessionErrors.OrganizationTaken);
        }

        if (known.Organizations.Length >= IOrganizationsGrain.MaxOrganizations)
        {
            throw new SessionException(SessionErrors.TooManyOrganizations);
        }
    }
}
