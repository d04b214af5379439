using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc.Grants;

/// <summary>A grant in its authorization.</summary>
/// <param name="Grant">The grant, without the client's name.</param>
/// <param name="ClientRegisteredAt">When its client was registered.</param>
/// <param name="Resources">The only audiences of its tokens (RFC 8707), if the login named some.</param>
[GenerateSerializer, Immutable, Alias("sessions.StandingGrant")]
internal sealed record StandingGrant(
    [property: Id(0)] UserGrant Grant,
    [property: Id(1)] DateTimeOffset? ClientRegisteredAt,
    [property: Id(2)] ImmutableArray<string>? Resources
);
