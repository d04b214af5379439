using System.Collections.Immutable;

namespace Orleans.Sessions;

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
)
{
    /// <summary>The state.</summary>
    [Id(4)]
    public OrganizationState State { get; init; }

    /// <summary>Whether its people do not have the state of their organization yet.</summary>
    [Id(5)]
    public bool IsSettling { get; init; }

    /// <summary>When it was last changed; <c>null</c> if it never was.</summary>
    [Id(6)]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The number of its changes after it was added.</summary>
    [Id(7)]
    public long Changes { get; init; }

    /// <summary>Its domains, oldest first; <c>null</c> means none.</summary>
    [Id(8)]
    public ImmutableArray<OrganizationDomain>? Domains { get; init; }

    /// <summary>The primary domain; <c>null</c> if no domain is verified.</summary>
    public string? PrimaryDomain => Domains?.FirstOrDefault(domain => domain.IsPrimary)?.Name;
}
