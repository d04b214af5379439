using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Sessions.Instance;

/// <summary>The installation as it is stored.</summary>
public sealed record InstanceRecord
{
    /// <summary>Owns all sessions.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The organization users belong to when none is named.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The user who is, or is about to be, the first administrator.</summary>
    public string? AdministratorId { get; init; }

    /// <summary>Users who were about to be it, and are to be deleted once it is complete.</summary>
    public ImmutableArray<string>? Abandoned { get; init; }

    /// <summary>Whether the first administrator is complete.</summary>
    public bool IsBootstrapped { get; init; }
}

/// <summary>The generated JSON code of <see cref="InstanceRecord"/>.</summary>
[JsonSerializable(typeof(InstanceRecord))]
internal sealed partial class InstanceJsonContext : JsonSerializerContext;
