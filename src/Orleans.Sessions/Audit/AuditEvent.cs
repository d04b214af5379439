namespace Orleans.Sessions.Audit;

/// <summary>A security event, as who causes it tells it; who called and from where is added by the <see cref="AuditTrail"/>.</summary>
/// <param name="Kind">What happened.</param>
public sealed record AuditEvent(AuditKind Kind)
{
    /// <summary>How it ended.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What it is about.</summary>
    public string? TargetKind { get; init; }

    /// <summary>Which one it is about.</summary>
    public string? TargetId { get; init; }

    /// <summary>The organization of what it is about; <c>null</c>: it is about the instance.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The session's id, which is stored as a keyed hash.</summary>
    public string? SessionId { get; init; }

    /// <summary>The OAuth client it is about; <c>null</c>: the caller's.</summary>
    public string? ClientId { get; init; }

    /// <summary>The person's address, when it is better known than the caller's.</summary>
    public string? Source { get; init; }

    /// <summary>The person's browser, when it is better known than the caller's.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What the actor is when the call had no caller; <c>null</c>: somebody unknown.</summary>
    public AuditActor? Anonymous { get; init; }

    /// <summary>More about it; never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>An event about a user.</summary>
    public static AuditEvent OfUser(AuditKind kind, string? userId, string? organizationId) =>
        new(kind) { TargetKind = userId is null ? null : "user", TargetId = userId, OrganizationId = organizationId };
}
