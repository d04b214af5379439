using System.Collections.Immutable;

namespace Orleans.Sessions.Users;

/// <summary>The administrator roles on an organization, or on the instance if <paramref name="OrganizationId"/> is <c>null</c>.</summary>
internal sealed record RoleGrant(string? OrganizationId, ImmutableArray<string> Roles)
{
    /// <summary>When the roles were granted; <c>null</c> if a version granted them that did not keep it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the roles were last changed; <c>null</c> if a version changed them that did not keep it.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}
