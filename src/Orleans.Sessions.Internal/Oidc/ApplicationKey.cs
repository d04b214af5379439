using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>A public key of a client that this service made. It keeps no private keys.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="PublicKey">The RSA key (SubjectPublicKeyInfo).</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; <c>null</c> means never.</param>
[GenerateSerializer, Immutable, Alias("sessions.ApplicationKey")]
public sealed record ApplicationKey(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<byte> PublicKey,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] DateTimeOffset? ExpiresAt
);
