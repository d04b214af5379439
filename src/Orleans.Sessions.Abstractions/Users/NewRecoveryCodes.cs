using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>New recovery codes.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Codes">The codes in plain text: 24 characters in four groups with hyphens.</param>
[GenerateSerializer, Immutable, Alias("sessions.NewRecoveryCodes")]
public sealed record NewRecoveryCodes([property: Id(0)] UserDetails Details, [property: Id(1)] ImmutableArray<string> Codes);
