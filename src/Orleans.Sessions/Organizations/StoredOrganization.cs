using System.Collections.Immutable;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// An organization. The default organization has an entry only once it has changed; an empty name then stands for the configured one.
/// </summary>
internal sealed record StoredOrganization(string Id, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>The state; <c>null</c> means active.</summary>
    public OrganizationState? State { get; init; }

    /// <summary>Whether its people must still be given its state; <c>null</c> if they have it.</summary>
    public bool? IsSettling { get; init; }

    /// <summary>When it was last changed; <c>null</c> if it never was.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The number of its changes after it was added; <c>null</c> means none.</summary>
    public long? Changes { get; init; }

    /// <summary>Its domains, oldest first; <c>null</c> means none.</summary>
    public ImmutableArray<StoredDomain>? Domains { get; init; }
}
