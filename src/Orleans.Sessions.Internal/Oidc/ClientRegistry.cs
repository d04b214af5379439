using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>All clients at one moment.</summary>
/// <param name="Version">The version of the registry. It changes with each change, and when the grain moves to another node.</param>
/// <param name="Clients">The clients, ordered by id.</param>
[GenerateSerializer, Immutable, Alias("sessions.ClientRegistry")]
public sealed record ClientRegistry([property: Id(0)] Guid Version, [property: Id(1)] ImmutableArray<OidcClient> Clients);
