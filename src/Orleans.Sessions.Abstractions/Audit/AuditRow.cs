namespace Orleans.Sessions.Audit;

/// <summary>
/// One security event as it is stored and found. No text has control characters in it (<see cref="AuditText"/>), and none is a secret,
/// a code or a token.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.AuditRow")]
public sealed record AuditRow
{
    /// <summary>Its place in the trail; 0 until it is stored.</summary>
    [Id(0)]
    public long Id { get; init; }

    /// <summary>When it happened; of a counted row: in the minute that begins then.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the kind (<see cref="AuditKinds"/>).</summary>
    [Id(2)]
    public required string Kind { get; init; }

    /// <summary>How it ended.</summary>
    [Id(3)]
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>Why: the id of an error (<see cref="SessionErrors"/>), or a word such as <c>reused</c>.</summary>
    [Id(4)]
    public string? Reason { get; init; }

    /// <summary>What kind of actor caused it.</summary>
    [Id(5)]
    public AuditActor ActorKind { get; init; }

    /// <summary>The user id of the actor; <c>null</c> when it has none.</summary>
    [Id(6)]
    public string? ActorId { get; init; }

    /// <summary>The organization of the target, whose managers may see the event; <c>null</c>: it is about the instance.</summary>
    [Id(7)]
    public string? OrganizationId { get; init; }

    /// <summary>What it is about: <c>user</c>, <c>oidc_client</c>, <c>service_provider</c>, <c>identity_provider</c>, <c>organization</c>, <c>method</c> …</summary>
    [Id(8)]
    public string? TargetKind { get; init; }

    /// <summary>Which one it is about.</summary>
    [Id(9)]
    public string? TargetId { get; init; }

    /// <summary>The address of the person or program that caused it.</summary>
    [Id(10)]
    public string? Source { get; init; }

    /// <summary>What the person's or program's agent calls itself.</summary>
    [Id(11)]
    public string? UserAgent { get; init; }

    /// <summary>The OAuth client through which it was caused, or which got or lost a token.</summary>
    [Id(12)]
    public string? ClientId { get; init; }

    /// <summary>The session, as a keyed hash: equal sessions have equal ones, and the id of a session does not come out of it.</summary>
    [Id(13)]
    public string? Session { get; init; }

    /// <summary>The request, by the id under which log lines of the gateway know it too.</summary>
    [Id(14)]
    public string? RequestId { get; init; }

    /// <summary>More about it, such as the role that was granted.</summary>
    [Id(15)]
    public string? Detail { get; init; }

    /// <summary>How often it happened: 1, or more for failures and refused calls, which are counted.</summary>
    [Id(16)]
    public int Count { get; init; } = 1;
}
