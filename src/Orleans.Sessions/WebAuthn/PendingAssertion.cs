namespace Orleans.Sessions.WebAuthn;

/// <summary>A pending challenge of a session.</summary>
/// <param name="Terms">The requirements.</param>
/// <param name="State">See <see cref="WebAuthnCeremony.State"/>.</param>
/// <param name="ExpiresAt">The time limit for an answer.</param>
[GenerateSerializer, Immutable, Alias("sessions.PendingAssertion")]
internal sealed record PendingAssertion(
    [property: Id(0)] WebAuthnTerms Terms,
    [property: Id(1)] string State,
    [property: Id(2)] DateTimeOffset ExpiresAt
);
