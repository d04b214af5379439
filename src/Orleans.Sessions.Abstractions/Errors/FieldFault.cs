namespace Orleans.Sessions;

/// <summary>The field that breaks the rule of an error, when the error itself cannot say which one it is.</summary>
/// <param name="Field">
/// The path of the field as in JSON, with the index of an element, such as <c>redirectUris[1]</c>.
/// </param>
/// <param name="Found">
/// What was found there: the value, or what it leads to. <c>null</c> if it may be secret or personal; then nobody repeats it.
/// </param>
[GenerateSerializer, Immutable, Alias("sessions.FieldFault")]
public sealed record FieldFault([property: Id(0)] string Field, [property: Id(1)] string? Found = null);
