namespace Orleans.Sessions.Projects;

/// <summary>The field to sort by. The numbers are those of <c>zitadel.authorization.v2.AuthorizationFieldName</c>.</summary>
public enum RoleAssignmentField
{
    /// <summary>The time of creation.</summary>
    Unspecified = 0,

    /// <summary>The time of creation.</summary>
    CreationDate = 1,

    /// <summary>The time of the last change.</summary>
    ChangeDate = 2,

    /// <summary>The id.</summary>
    Id = 3,

    /// <summary>The user.</summary>
    UserId = 4,

    /// <summary>The project.</summary>
    ProjectId = 5,

    /// <summary>The organization that gave the roles.</summary>
    OrganizationId = 6,

    /// <summary>The user's organization.</summary>
    UserOrganizationId = 7,
}
