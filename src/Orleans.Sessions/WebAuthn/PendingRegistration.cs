namespace Orleans.Sessions.WebAuthn;

/// <summary>A registration that has begun.</summary>
/// <param name="State">See <see cref="WebAuthnCeremony.State"/>.</param>
/// <param name="ExpiresAt">The time limit for finishing it.</param>
/// <param name="ByCode">Whether a code permitted it; then finishing it needs no permission.</param>
internal sealed record PendingRegistration(string State, DateTimeOffset ExpiresAt, bool ByCode);
