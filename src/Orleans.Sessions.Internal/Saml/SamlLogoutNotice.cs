using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>Tells a service provider that a session has ended with which a person logged in there.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutNotice")]
public sealed record SamlLogoutNotice
{
    /// <summary>The service provider's entity id.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The address at which the service provider takes logout requests.</summary>
    [Id(1)]
    public required LogoutEndpoint Endpoint { get; init; }

    /// <summary>The public origin by which the service provider knows this service.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>The person's name id at the service provider.</summary>
    [Id(3)]
    public required string NameId { get; init; }

    /// <summary>The format of that name id: one of <see cref="NameIdFormats"/>.</summary>
    [Id(4)]
    public required string NameIdFormat { get; init; }

    /// <summary>The names of the sessions at the service provider.</summary>
    [Id(5)]
    public required ImmutableArray<string> SessionIndexes { get; init; }

    /// <summary>The id of the message. The answer refers to it (<see cref="SamlLogoutIds"/>).</summary>
    [Id(6)]
    public required string RequestId { get; init; }
}
