namespace Orleans.Sessions.WebAuthn;

/// <summary>A started ceremony.</summary>
/// <param name="Options">What the browser needs: JSON with base64url binaries.</param>
/// <param name="State">What the verifier needs to finish it, including the challenge; only the verifier reads it.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnCeremony")]
internal sealed record WebAuthnCeremony([property: Id(0)] string Options, [property: Id(1)] string State);
