namespace Orleans.Sessions.Saml;

/// <summary>An address to which answers to logins go.</summary>
/// <param name="Location">The URL.</param>
/// <param name="Binding">One of <see cref="SamlBindingUris"/>.</param>
/// <param name="Index">The index by which requests may name this address.</param>
/// <param name="IsDefault">Whether this address is used if a request names none.</param>
[GenerateSerializer, Immutable, Alias("sessions.AssertionConsumer")]
public sealed record AssertionConsumer(
    [property: Id(0)] string Location,
    [property: Id(1)] string Binding,
    [property: Id(2)] int Index = 0,
    [property: Id(3)] bool IsDefault = false
);
