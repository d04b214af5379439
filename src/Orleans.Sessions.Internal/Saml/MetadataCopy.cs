namespace Orleans.Sessions.Saml;

/// <summary>How old the copy of metadata is that a service provider publishes.</summary>
[GenerateSerializer, Immutable, Alias("sessions.MetadataCopy")]
public sealed record MetadataCopy
{
    /// <summary>When the copy was read.</summary>
    [Id(0)]
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>When the metadata are read again.</summary>
    [Id(1)]
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The end of the copy's validity; from then on the service provider is unknown. <c>null</c> if it has none.</summary>
    [Id(2)]
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Why the last attempt to read them again failed; <c>null</c> if it did not.</summary>
    [Id(3)]
    public string? Fault { get; init; }
}
