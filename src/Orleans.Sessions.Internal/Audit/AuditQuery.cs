using System.Collections.Immutable;

namespace Orleans.Sessions.Audit;

/// <summary>A search in the audit trail. An event must match all criteria that are set. The newest events come first.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AuditQuery")]
public sealed record AuditQuery
{
    /// <summary>The maximum number of events of one page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The maximum number of kinds in one query.</summary>
    public const int MaxKinds = 100;

    /// <summary>Only events at or after this time.</summary>
    [Id(0)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Only events before this time.</summary>
    [Id(1)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only events of these kinds (<see cref="AuditKinds"/>). Empty means any kind.</summary>
    [Id(2)]
    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>Only events that ended like this. <c>null</c> means any outcome.</summary>
    [Id(3)]
    public AuditOutcome? Outcome { get; init; }

    /// <summary>The user id of the actor.</summary>
    [Id(4)]
    public string? ActorId { get; init; }

    /// <summary>The kind of the target.</summary>
    [Id(5)]
    public string? TargetKind { get; init; }

    /// <summary>The id of the target.</summary>
    [Id(6)]
    public string? TargetId { get; init; }

    /// <summary>The organization of the target.</summary>
    [Id(7)]
    public string? OrganizationId { get; init; }

    /// <summary>The id of the session in which the event happened.</summary>
    [Id(8)]
    public string? SessionId { get; init; }

    /// <summary>The OAuth client.</summary>
    [Id(9)]
    public string? ClientId { get; init; }

    /// <summary>The source address, as it is stored in the trail.</summary>
    [Id(10)]
    public string? Source { get; init; }

    /// <summary>The maximum number of events in the answer, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(11)]
    public int Limit { get; init; } = 100;

    /// <summary>The last event of the previous page; the answer begins after it. <c>null</c> starts with the newest event.</summary>
    [Id(12)]
    public AuditPosition? After { get; init; }
}
