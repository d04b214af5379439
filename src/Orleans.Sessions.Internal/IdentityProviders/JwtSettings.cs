namespace Orleans.Sessions;

/// <summary>
/// What only a provider of the kind <see cref="ProviderKind.Jwt"/> has. Each endpoint is an absolute https URL (http only for this machine)
/// of at most 500 characters.
/// </summary>
/// <param name="Endpoint">Where the browser goes. From there its request comes back with a signed token in a header.</param>
/// <param name="Keys">The keys with which tokens are signed: a JSON Web Key Set (RFC 7517 §5).</param>
/// <param name="Header">The name of the header, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.JwtSettings")]
public sealed record JwtSettings([property: Id(0)] string Endpoint, [property: Id(1)] string Keys, [property: Id(2)] string Header);
