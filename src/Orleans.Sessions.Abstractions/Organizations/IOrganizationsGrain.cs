using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>
/// The organizations of this installation, which group users and administrators; the key is <see cref="GrainKeys.Instance"/>. There is always the
/// default one; <see cref="MaxOrganizations"/> more can be added.
/// </summary>
[Alias("sessions.IOrganizationsGrain")]
public interface IOrganizationsGrain : IGrainWithStringKey
{
    /// <summary>The most organizations that can be added.</summary>
    const int MaxOrganizations = 1000;

    /// <summary>
    /// Adds an organization; adding the same one again answers the same. Needs <c>org.create</c>. Fails with <c>COMMAND-OrgEx</c> (id or name taken) or
    /// <c>COMMAND-OrgMx</c> (too many).
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The id, 1 to 200 characters.</param>
    /// <param name="name">The name, 1 to 200 characters, unique in any case.</param>
    [Alias("Add")]
    Task<OrganizationView> AddAsync(Caller caller, string id, string name);

    /// <summary>The organizations the caller may see (<c>org.read</c> on the instance or on them), the default one first, then in order of their creation.</summary>
    [Alias("List")]
    Task<ImmutableArray<OrganizationView>> ListAsync(Caller caller);
}

/// <summary>An organization.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="CreatedAt">When it was added; for the default one: the beginning of all time that is stored here.</param>
/// <param name="IsDefault">Whether users belong to it when no organization is named.</param>
[GenerateSerializer, Immutable, Alias("sessions.OrganizationView")]
public sealed record OrganizationView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] bool IsDefault);
