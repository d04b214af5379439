using System.Collections.Immutable;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// What belongs to one organization alone, in its stored form. New versions only add optional properties. Of a deleted organization only
/// the state remains, so that its id is never used again.
/// </summary>
internal sealed record OrganizationRecord
{
    /// <summary>The state, for those who become active in the organization; <c>null</c> means active.</summary>
    public OrganizationState? State { get; init; }

    /// <summary>The metadata; <c>null</c> means none.</summary>
    public ImmutableDictionary<string, StoredMetadata>? Metadata { get; init; }
}
