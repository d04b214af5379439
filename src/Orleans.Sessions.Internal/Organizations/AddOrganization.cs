using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The command that adds an organization.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AddOrganization")]
public sealed record AddOrganization
{
    /// <summary>The caller.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The id, 1 to 200 characters.</summary>
    [Id(1)]
    public required string Id { get; init; }

    /// <summary>The name, 1 to 200 characters. It must be unique, ignoring case.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>
    /// The users who administer the organization from its beginning, at most <see cref="IOrganizationsGrain.MaxFirstAdministrators"/>.
    /// </summary>
    [Id(3)]
    public ImmutableArray<FirstAdministrator> Administrators { get; init; } = [];
}
