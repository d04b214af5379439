using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The administrator roles of one user on one resource.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AdministratorView")]
public sealed record AdministratorView
{
    /// <summary>The user's id.</summary>
    [Id(0)]
    public required string UserId { get; init; }

    /// <summary>The login name.</summary>
    [Id(1)]
    public string LoginName { get; init; } = "";

    /// <summary>The display name of a person, or the name of a service.</summary>
    [Id(2)]
    public string DisplayName { get; init; } = "";

    /// <summary>The organization to which the user belongs.</summary>
    [Id(3)]
    public string UserOrganizationId { get; init; } = "";

    /// <summary>The organization that is administered; <c>null</c> means the instance.</summary>
    [Id(4)]
    public string? OrganizationId { get; init; }

    /// <summary>The roles.</summary>
    [Id(5)]
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>When the roles were granted. For roles of older versions, which did not keep it: when the user was created.</summary>
    [Id(6)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the roles were last changed. For roles of older versions: when the user was last changed.</summary>
    [Id(7)]
    public DateTimeOffset ChangedAt { get; init; }
}
