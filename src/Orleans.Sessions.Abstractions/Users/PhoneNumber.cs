namespace Orleans.Sessions;

/// <summary>
/// A phone number (E.164), and whether it is known to belong to the user. In commands, it may contain spaces, parentheses and dashes. It
/// must begin with <c>+</c> and the country code.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.PhoneNumber")]
public sealed record PhoneNumber([property: Id(0)] string Number, [property: Id(1)] bool IsVerified = false);
