using System.Collections.Immutable;

namespace Orleans.Sessions.Storage;

/// <summary>
/// What a caller may see: everything; or their own records, the sessions they created, and the records of these organizations.
/// </summary>
public sealed record Visibility
{
    /// <summary>Whether the caller sees everything.</summary>
    public bool Everything { get; init; }

    /// <summary>The caller, who sees their own user and sessions, and the sessions that they created.</summary>
    public string CallerId { get; init; } = "";

    /// <summary>The user agent whose sessions the caller sees; <c>null</c> if the caller has no user agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>The organizations of which the caller sees everything.</summary>
    public ImmutableArray<string> Organizations { get; init; } = [];

    /// <summary>Whether a role lets the caller see records of others.</summary>
    public bool IsByRole => Everything || !Organizations.IsEmpty;
}
