namespace Orleans.Sessions.Saml;

/// <summary>Changes of a service provider. What is <c>null</c> stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ServiceProviderChange")]
public sealed record ServiceProviderChange
{
    /// <summary>The name.</summary>
    [Id(0)]
    public string? Name { get; init; }

    /// <summary>New metadata, which replaces entity id, endpoints, certificates and formats.</summary>
    [Id(1)]
    public string? Metadata { get; init; }

    /// <summary>The login frontend; empty uses the service's own setting.</summary>
    [Id(2)]
    public string? LoginUri { get; init; }

    /// <summary>Whether it is treated as if it did not exist.</summary>
    [Id(3)]
    public bool? IsInactive { get; init; }

    /// <summary>The project; empty takes it out of its project.</summary>
    [Id(4)]
    public string? ProjectId { get; init; }
}
