namespace Orleans.Sessions.Saml;

/// <summary>An address to which messages about logouts go.</summary>
/// <param name="Location">The URL.</param>
/// <param name="Binding">One of <see cref="SamlBindingUris"/>.</param>
/// <param name="ResponseLocation">Where answers go; <c>null</c> if they go to <paramref name="Location"/>.</param>
[GenerateSerializer, Immutable, Alias("sessions.LogoutEndpoint")]
public sealed record LogoutEndpoint(
    [property: Id(0)] string Location,
    [property: Id(1)] string Binding,
    [property: Id(2)] string? ResponseLocation = null
);
