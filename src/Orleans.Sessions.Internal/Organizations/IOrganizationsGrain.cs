using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>
/// The organizations of this installation, which group users and administrators. The key is <see cref="GrainKeys.Instance"/>. The default
/// organization always exists; <see cref="MaxOrganizations"/> more can be added.
/// </summary>
[Alias("sessions.IOrganizationsGrain")]
public interface IOrganizationsGrain : IGrainWithStringKey
{
    /// <summary>The maximum number of organizations that can be added.</summary>
    const int MaxOrganizations = 1000;

    /// <summary>
    /// Adds an organization. Adding the same organization again returns the same answer. Needs <c>org.create</c>. Fails with
    /// <c>COMMAND-OrgEx</c> (id or name taken) or <c>COMMAND-OrgMx</c> (too many).
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="id">The id, 1 to 200 characters.</param>
    /// <param name="name">The name, 1 to 200 characters. It must be unique, ignoring case.</param>
    [Alias("Add")]
    Task<OrganizationView> AddAsync(Caller caller, string id, string name);

    /// <summary>
    /// The organizations that the caller may see (<c>org.read</c> on the instance or on the organization): the default organization first,
    /// then the others in order of their creation.
    /// </summary>
    [Alias("List")]
    Task<ImmutableArray<OrganizationView>> ListAsync(Caller caller);

    /// <summary>What the organization is called; <c>null</c>: there is none with this id.</summary>
    [Alias("NameOf")]
    Task<string?> NameOfAsync(string id);
}

/// <summary>An organization.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="CreatedAt">When the organization was added. For the default organization: the Unix epoch.</param>
/// <param name="IsDefault">Whether this is the default organization, to which users belong if no organization is named.</param>
[GenerateSerializer, Immutable, Alias("sessions.OrganizationView")]
public sealed record OrganizationView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] bool IsDefault
);
