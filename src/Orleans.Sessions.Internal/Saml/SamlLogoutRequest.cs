using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>A checked request of a service provider to end sessions.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutRequest")]
public sealed record SamlLogoutRequest
{
    /// <summary>The entity id of the service provider that asks.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The id that the service provider gave to the request.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>The public origin to which the request was sent, without trailing slash. The answer comes from this origin.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>The binding of the request: one of <see cref="SamlBindingUris"/>.</summary>
    [Id(3)]
    public required string Binding { get; init; }

    /// <summary>The service provider's own state, which is returned unchanged.</summary>
    [Id(4)]
    public string? RelayState { get; init; }

    /// <summary>The person who logs out, by their name id at this service provider.</summary>
    [Id(5)]
    public required string NameId { get; init; }

    /// <summary>The names of the sessions at this service provider. Empty means all sessions of the person there.</summary>
    [Id(6)]
    public ImmutableArray<string> SessionIndexes { get; init; } = [];
}
