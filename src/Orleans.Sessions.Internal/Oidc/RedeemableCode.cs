using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>What a request that redeems an authorization code or device code must match.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RedeemableCode")]
public sealed record RedeemableCode(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string? RedirectUri,
    [property: Id(2)] string? CodeChallenge,
    [property: Id(3)] ImmutableArray<string> Scopes,
    [property: Id(4)] string UserId,
    [property: Id(5)] DateTimeOffset ExpiresAt,
    [property: Id(6)] string? SessionId,
    [property: Id(7)] DateTimeOffset? ClientRegisteredAt = null
);
