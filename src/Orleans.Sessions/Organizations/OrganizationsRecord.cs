using System.Collections.Immutable;

namespace Orleans.Sessions.Organizations;

/// <summary>The added organizations in their stored form, oldest first. New versions only add optional properties.</summary>
internal sealed record OrganizationsRecord
{
    /// <summary>The organizations.</summary>
    public ImmutableArray<StoredOrganization> Organizations { get; init; } = [];

    /// <summary>What has changed of the default organization; <c>null</c> means nothing.</summary>
    public StoredOrganization? Default { get; init; }

    /// <summary>The organizations whose first administrators are not settled yet; <c>null</c> means none.</summary>
    public ImmutableArray<UnsettledOrganization>? Unsettled { get; init; }
}
