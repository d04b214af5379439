namespace Orleans.Sessions.Organizations;

/// <summary>A domain of an organization.</summary>
internal sealed record StoredDomain(string Name, DateTimeOffset CreatedAt)
{
    /// <summary>When it was verified; <c>null</c> if it is not.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>How it is verified; <c>null</c> if that is not chosen.</summary>
    public DomainValidation? Validation { get; init; }

    /// <summary>The token that proves the domain; <c>null</c> if none was made, or once the domain is verified.</summary>
    public string? Token { get; init; }
}
