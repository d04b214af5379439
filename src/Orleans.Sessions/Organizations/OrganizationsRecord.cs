using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Sessions.Organizations;

/// <summary>The added organizations in their stored form, oldest first. New versions only add optional properties.</summary>
internal sealed record OrganizationsRecord
{
    /// <summary>The organizations.</summary>
    public ImmutableArray<StoredOrganization> Organizations { get; init; } = [];
}

/// <summary>An added organization.</summary>
internal sealed record StoredOrganization(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The generated JSON code of <see cref="OrganizationsRecord"/>.</summary>
[JsonSerializable(typeof(OrganizationsRecord))]
internal sealed partial class OrganizationsJsonContext : JsonSerializerContext;
