using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>What an id token of this service says about its login.</summary>
/// <param name="UserId">The user (<c>sub</c>).</param>
/// <param name="Acr">The level (<c>acr</c>); <c>null</c> if nothing was proved.</param>
/// <param name="AuthenticatedAt">When the newest factor was proved (<c>auth_time</c>).</param>
/// <param name="Methods">How the person logged in (<c>amr</c>).</param>
[GenerateSerializer, Immutable, Alias("sessions.IdTokenLogin")]
public sealed record IdTokenLogin(
    [property: Id(0)] string UserId,
    [property: Id(1)] string? Acr,
    [property: Id(2)] DateTimeOffset? AuthenticatedAt,
    [property: Id(3)] ImmutableArray<string> Methods
);
