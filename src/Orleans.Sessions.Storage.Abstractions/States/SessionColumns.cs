namespace Orleans.Sessions.States;

/// <summary>The columns by which sessions are found.</summary>
public sealed record SessionColumns : StateColumns
{
    /// <summary>The checked user.</summary>
    public string? UserId { get; init; }

    /// <summary>The user's organization.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The user who created it.</summary>
    public string? CreatorId { get; init; }

    /// <summary>The fingerprint of the browser or device.</summary>
    public string? FingerprintId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires; <c>null</c> means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was terminated.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its expiry was published.</summary>
    public DateTimeOffset? ExpiryPublishedAt { get; init; }

    /// <summary>The user's epoch when the session was bound to the user.</summary>
    public int UserEpoch { get; init; }
}
