using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>A condition on an authorization.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter")]
public abstract record RoleAssignmentFilter
{
    private protected RoleAssignmentFilter() { }

    /// <summary>It has one of these ids.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.Ids")]
    public sealed record Ids([property: Id(0)] ImmutableArray<string> Values) : RoleAssignmentFilter;

    /// <summary>This organization gave it.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.Organization")]
    public sealed record Organization([property: Id(0)] string OrganizationId) : RoleAssignmentFilter;

    /// <summary>It is inactive, or it is active.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.State")]
    public sealed record State([property: Id(0)] bool IsInactive) : RoleAssignmentFilter;

    /// <summary>One of these users has it.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.OfUsers")]
    public sealed record OfUsers([property: Id(0)] ImmutableArray<string> Values) : RoleAssignmentFilter;

    /// <summary>A user of this organization has it.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.UserOrganization")]
    public sealed record UserOrganization([property: Id(0)] string OrganizationId) : RoleAssignmentFilter;

    /// <summary>This user, or a user of one of these organizations, has it. The search itself adds it.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.ReadableUsers")]
    public sealed record ReadableUsers([property: Id(0)] string UserId, [property: Id(1)] ImmutableArray<string> OrganizationIds)
        : RoleAssignmentFilter;

    /// <summary>A user with such a login name has it.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.LoginName")]
    public sealed record LoginName([property: Id(0)] string Value, [property: Id(1)] TextMethod Method) : RoleAssignmentFilter;

    /// <summary>A user with such a display name has it.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.DisplayName")]
    public sealed record DisplayName([property: Id(0)] string Value, [property: Id(1)] TextMethod Method) : RoleAssignmentFilter;

    /// <summary>It is for one of these projects.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.OfProjects")]
    public sealed record OfProjects([property: Id(0)] ImmutableArray<string> Values) : RoleAssignmentFilter;

    /// <summary>It is for a project with such a name.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.ProjectName")]
    public sealed record ProjectName([property: Id(0)] string Value, [property: Id(1)] TextMethod Method) : RoleAssignmentFilter;

    /// <summary>It has such a role.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentFilter.Role")]
    public sealed record Role([property: Id(0)] string Value, [property: Id(1)] TextMethod Method) : RoleAssignmentFilter;
}
