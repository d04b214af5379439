namespace Orleans.Sessions.Names.Unicode;

/// <summary>The properties of a character that is allowed in names.</summary>
/// <param name="Scripts">The scripts that use it (Script_Extensions, four letters each); empty if all scripts use it.</param>
/// <param name="Bidi">Its bidirectional class, as in the Unicode Character Database.</param>
/// <param name="Joining">Its joining type: <c>L</c>, <c>R</c>, <c>D</c>, <c>T</c>, <c>C</c> or <c>U</c>.</param>
internal sealed record NameCharacter(IReadOnlyList<string> Scripts, string Bidi, char Joining);
