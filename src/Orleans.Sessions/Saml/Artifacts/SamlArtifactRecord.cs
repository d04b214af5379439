namespace Orleans.Sessions.Saml.Artifacts;

/// <summary>
/// An answer that waits for its service provider, in its stored form: JSON, replaced as a whole by each change. New versions only add
/// optional properties.
/// </summary>
internal sealed record SamlArtifactRecord
{
    /// <summary>The answer.</summary>
    public required SamlAnswer Answer { get; init; }

    /// <summary>When it cannot be fetched any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The call that fetched it; <c>null</c> if none did.</summary>
    public string? ResolvedBy { get; init; }
}
