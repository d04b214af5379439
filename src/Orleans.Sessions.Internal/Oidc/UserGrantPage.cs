using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>A page of grants.</summary>
/// <param name="Grants">The grants. They may be fewer than the limit although more follow, because grants that have ended are left
/// out.</param>
/// <param name="Next">Where the next page begins; <c>null</c> if this is the last page.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantPage")]
public sealed record UserGrantPage([property: Id(0)] ImmutableArray<UserGrant> Grants, [property: Id(1)] UserGrantPosition? Next);
