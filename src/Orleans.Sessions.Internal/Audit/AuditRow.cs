namespace Orleans.Sessions.Audit;

/// <summary>
/// One security event as it is stored and found. Its texts contain no control characters (<see cref="AuditText"/>), and no secret, code or
/// token.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.AuditRow")]
public sealed record AuditRow
{
    /// <summary>The position of the event in the trail; 0 until it is stored.</summary>
    [Id(0)]
    public long Id { get; init; }

    /// <summary>When it happened. For a counted row: the beginning of the minute in which it happened.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the kind (<see cref="AuditKinds"/>).</summary>
    [Id(2)]
    public required string Kind { get; init; }

    /// <summary>How it ended.</summary>
    [Id(3)]
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>The reason: the id of an error (<see cref="SessionErrors"/>), or a word such as <c>reused</c>.</summary>
    [Id(4)]
    public string? Reason { get; init; }

    /// <summary>What kind of actor caused it.</summary>
    [Id(5)]
    public AuditActor ActorKind { get; init; }

    /// <summary>The user id of the actor; <c>null</c> if the actor is not a user.</summary>
    [Id(6)]
    public string? ActorId { get; init; }

    /// <summary>The organization of the target, whose managers may see the event. <c>null</c> if the event is about the instance.</summary>
    [Id(7)]
    public string? OrganizationId { get; init; }

    /// <summary>
    /// The kind of the target: <c>user</c>, <c>oidc_client</c>, <c>service_provider</c>, <c>identity_provider</c>, <c>organization</c>,
    /// <c>method</c> …
    /// </summary>
    [Id(8)]
    public string? TargetKind { get; init; }

    /// <summary>The id of the target.</summary>
    [Id(9)]
    public string? TargetId { get; init; }

    /// <summary>The address of the person or program that caused it.</summary>
    [Id(10)]
    public string? Source { get; init; }

    /// <summary>The user agent of the person or program.</summary>
    [Id(11)]
    public string? UserAgent { get; init; }

    /// <summary>The OAuth client through which the event was caused, or whose token it is about.</summary>
    [Id(12)]
    public string? ClientId { get; init; }

    /// <summary>
    /// The session, as a keyed hash. The same session always has the same hash, and the hash does not reveal the session's id.
    /// </summary>
    [Id(13)]
    public string? Session { get; init; }

    /// <summary>The id of the request, which the log lines of the gateway show too.</summary>
    [Id(14)]
    public string? RequestId { get; init; }

    /// <summary>More about the event, such as the role that was granted.</summary>
    [Id(15)]
    public string? Detail { get; init; }

    /// <summary>How often it happened. Failures and refused calls are counted and may have more than 1.</summary>
    [Id(16)]
    public int Count { get; init; } = 1;
}
