using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Projects;

/// <summary>
/// What other grains tell and ask the registry of projects about organizations (key <see cref="GrainKeys.Instance"/>).
/// </summary>
[Alias("sessions.IProjectOrganizations")]
internal interface IProjectOrganizations : IGrainWithStringKey
{
    /// <summary>
    /// An organization was closed or opened, and the organizations' grain knows it. When this returns, the new state counts for projects.
    /// </summary>
    [AlwaysInterleave]
    [Alias("ForgetStates")]
    Task ForgetStatesAsync();

    /// <summary>
    /// Removes the projects of a deleted organization, with their applications, and the grants of other projects to it. It can be repeated.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("RemoveOrganization")]
    Task RemoveOrganizationAsync(string organizationId);

    /// <summary>The ids of the projects of an organization.</summary>
    [AlwaysInterleave]
    [Alias("ListOfOrganization")]
    Task<ImmutableArray<string>> ListOfOrganizationAsync(string organizationId);
}
