using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>A claim that tokens and answers have in addition to those of the protocol; <see cref="ClaimRules"/> has the limits.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ClaimRule")]
public sealed record ClaimRule
{
    /// <summary>The name of the claim.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Where the value comes from.</summary>
    [Id(1)]
    public required ClaimSource Source { get; init; }

    /// <summary>
    /// The field, the key of the metadata entry, the text, or the id of the project. For roles empty means the project of the client.
    /// </summary>
    [Id(2)]
    public string Key { get; init; } = "";

    /// <summary>Whether the metadata entry, or the text, is JSON and told as such.</summary>
    [Id(3)]
    public bool IsJson { get; init; }

    /// <summary>Where the claim is told; empty means everywhere.</summary>
    [Id(4)]
    public ImmutableArray<ClaimTarget> Targets { get; init; } = [];

    /// <summary>Whether the claim is told there.</summary>
    public bool IsIn(ClaimTarget target) => Targets.IsDefaultOrEmpty || Targets.Contains(target);
}
