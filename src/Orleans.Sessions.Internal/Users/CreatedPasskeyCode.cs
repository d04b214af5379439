namespace Orleans.Sessions;

/// <summary>A created code, and the state of the user's record.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Code">The code; <c>null</c> if it was sent.</param>
[GenerateSerializer, Immutable, Alias("sessions.CreatedPasskeyCode")]
public sealed record CreatedPasskeyCode([property: Id(0)] UserDetails Details, [property: Id(1)] PasskeyCode? Code);
