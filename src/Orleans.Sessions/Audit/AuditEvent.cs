namespace Orleans.Sessions.Audit;

/// <summary>
/// A security event as reported by the code that causes it. The <see cref="AuditTrail"/> adds the caller and the source address.
/// </summary>
/// <param name="Kind">What happened.</param>
public sealed record AuditEvent(AuditKind Kind)
{
    /// <summary>The outcome.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>The reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The kind of the target.</summary>
    public string? TargetKind { get; init; }

    /// <summary>The id of the target.</summary>
    public string? TargetId { get; init; }

    /// <summary>The organization of the target; <c>null</c> if the event is about the instance.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The session's id, which is stored as a keyed hash.</summary>
    public string? SessionId { get; init; }

    /// <summary>The OAuth client of the event; <c>null</c> means the caller's client.</summary>
    public string? ClientId { get; init; }

    /// <summary>The person's address, if a better one than the caller's is known.</summary>
    public string? Source { get; init; }

    /// <summary>The person's browser, if a better one than the caller's is known.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The actor if the call has no caller; <c>null</c> means an unknown actor.</summary>
    public AuditActor? Anonymous { get; init; }

    /// <summary>Further details; never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>An event about a user.</summary>
    public static AuditEvent OfUser(AuditKind kind, string? userId, string? organizationId) =>
        new(kind)
        {
            TargetKind = userId is null ? null : "user",
            TargetId = userId,
            OrganizationId = organizationId,
        };
}
