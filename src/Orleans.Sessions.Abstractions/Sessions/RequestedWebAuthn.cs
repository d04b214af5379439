namespace Orleans.Sessions;

/// <summary>The challenge for an authenticator.</summary>
/// <param name="Domain">The relying party id: the host of the login page, or a parent of it.</param>
/// <param name="UserVerification">Whether the authenticator must verify the person, for instance by a PIN.</param>
[GenerateSerializer, Immutable, Alias("sessions.RequestedWebAuthn")]
public sealed record RequestedWebAuthn([property: Id(0)] string Domain, [property: Id(1)] UserVerification UserVerification);
