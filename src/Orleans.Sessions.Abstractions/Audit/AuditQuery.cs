using System.Collections.Immutable;

namespace Orleans.Sessions.Audit;

/// <summary>What is looked for in the audit trail. Everything that is said must hold; the newest events come first.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AuditQuery")]
public sealed record AuditQuery
{
    /// <summary>The most events of one page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The most kinds of one query.</summary>
    public const int MaxKinds = 100;

    /// <summary>Not before this.</summary>
    [Id(0)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this.</summary>
    [Id(1)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>One of these kinds (<see cref="AuditKinds"/>); none: any.</summary>
    [Id(2)]
    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>How it ended; <c>null</c>: anyhow.</summary>
    [Id(3)]
    public AuditOutcome? Outcome { get; init; }

    /// <summary>The user id of who did it.</summary>
    [Id(4)]
    public string? ActorId { get; init; }

    /// <summary>What kind of thing it is about.</summary>
    [Id(5)]
    public string? TargetKind { get; init; }

    /// <summary>Which one it is about.</summary>
    [Id(6)]
    public string? TargetId { get; init; }

    /// <summary>The organization of what it is about.</summary>
    [Id(7)]
    public string? OrganizationId { get; init; }

    /// <summary>The id of the session in which it happened.</summary>
    [Id(8)]
    public string? SessionId { get; init; }

    /// <summary>The OAuth client.</summary>
    [Id(9)]
    public string? ClientId { get; init; }

    /// <summary>The address it came from, as the trail has it.</summary>
    [Id(10)]
    public string? Source { get; init; }

    /// <summary>The most events of the answer, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(11)]
    public int Limit { get; init; } = 100;

    /// <summary>The events after this one, which was the last of the page before; <c>null</c>: from the newest on.</summary>
    [Id(12)]
    public AuditPosition? After { get; init; }
}

/// <summary>The place of an event in the trail.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Id">Its number, which orders events of the same instant.</param>
[GenerateSerializer, Immutable, Alias("sessions.AuditPosition")]
public sealed record AuditPosition([property: Id(0)] DateTimeOffset At, [property: Id(1)] long Id);

/// <summary>Whose events a caller sees. Whoever may see all sees all; everybody else what concerns their organizations and themselves.</summary>
/// <param name="Everything">Whether all of them.</param>
/// <param name="UserId">The caller, who sees what was done by them and to them; <c>null</c>: nobody.</param>
/// <param name="Organizations">The organizations whose events the caller sees.</param>
public sealed record AuditVisibility(bool Everything, string? UserId, IReadOnlyCollection<string> Organizations);
