using System.Collections.Immutable;
using Orleans.Concurrency;

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

    /// <summary>The maximum number of administrators that an organization can be added with.</summary>
    const int MaxFirstAdministrators = 100;

    /// <summary>
    /// Adds an organization, with its first administrators. Either everything exists afterwards or nothing does. Adding the same
    /// organization again without administrators returns the same answer. Needs <c>org.create</c>, and <c>org.member.write</c> on the
    /// organization if it has administrators. Fails with <c>COMMAND-OrgEx</c> (id or name taken), <c>COMMAND-OrgMx</c> (too many),
    /// <c>COMMAND-m8fSs</c> (role), <c>QUERY-Dfbg2</c> (no such user), <c>COMMA-095xh8fll1</c> (input), or with an error of the creation of
    /// a person.
    /// </summary>
    [Alias("AddWithAdministrators")]
    [ResponseTimeout("00:01:00")]
    Task<AddedOrganization> AddAsync(AddOrganization command);

    /// <summary>Adds an organization without administrators, like <see cref="AddAsync(AddOrganization)"/>.</summary>
    [Alias("Add")]
    Task<OrganizationView> AddAsync(Caller caller, string id, string name);

    /// <summary>
    /// The organizations that the caller may see (<c>org.read</c> on the instance or on the organization): the default organization first,
    /// then the others in order of their creation.
    /// </summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<OrganizationView>> ListAsync(Caller caller);

    /// <summary>The organization's name; <c>null</c> if no organization has this id.</summary>
    [AlwaysInterleave]
    [Alias("NameOf")]
    Task<string?> NameOfAsync(string id);
}
