using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Sessions.Instance;

/// <summary>The installation in its stored form.</summary>
internal sealed record InstanceRecord
{
    /// <summary>The owner of all sessions.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The organization of users created without one.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>When the installation began; <c>null</c> if an earlier version began it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The user who is, or will become, the first administrator.</summary>
    public string? AdministratorId { get; init; }

    /// <summary>Users from incomplete starts, to be deleted once the administrator is complete.</summary>
    public ImmutableArray<string>? Abandoned { get; init; }

    /// <summary>Whether the first administrator is complete.</summary>
    public bool IsBootstrapped { get; init; }
}

/// <summary>The generated JSON code of <see cref="InstanceRecord"/>.</summary>
[JsonSerializable(typeof(InstanceRecord))]
internal sealed partial class InstanceJsonContext : JsonSerializerContext;
