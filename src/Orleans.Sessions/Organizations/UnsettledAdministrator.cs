using System.Collections.Immutable;

namespace Orleans.Sessions.Organizations;

/// <summary>An administrator of an organization that is being added.</summary>
internal sealed record UnsettledAdministrator
{
    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The roles that the user gets.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>The request that creates the user; <c>null</c> if the user existed before.</summary>
    public string? RequestId { get; init; }
}
