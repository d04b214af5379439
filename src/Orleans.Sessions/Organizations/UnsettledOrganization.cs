using System.Collections.Immutable;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// What is left to do for an organization that is being added. It is written before the first person is created, so that whatever a crash
/// leaves behind is found again. While the organization itself is not in the record, its persons must be deleted; after that, its
/// administrators must get their roles.
/// </summary>
internal sealed record UnsettledOrganization
{
    /// <summary>The organization's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its administrators.</summary>
    public required ImmutableArray<UnsettledAdministrator> Administrators { get; init; }
}
