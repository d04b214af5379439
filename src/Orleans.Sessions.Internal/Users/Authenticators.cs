using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The registered passkeys and security keys of a person.</summary>
/// <param name="UserHandle">The value by which keys store the person, base64url.</param>
/// <param name="Keys">The keys, oldest first.</param>
[GenerateSerializer, Immutable, Alias("sessions.Authenticators")]
public sealed record Authenticators([property: Id(0)] string UserHandle, [property: Id(1)] ImmutableArray<AuthenticatorView> Keys);
