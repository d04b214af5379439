namespace Orleans.Sessions.Saml;

/// <summary>The registration of a service provider.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Metadata">SAML metadata with the entity id, endpoints, certificates, encryption and name id formats.
/// <paramref name="Settings"/> must leave these values empty then. <c>null</c> if <paramref name="Settings"/> has the values.</param>
[GenerateSerializer, Immutable, Alias("sessions.ServiceProviderRegistration")]
public sealed record ServiceProviderRegistration([property: Id(0)] ServiceProvider Settings, [property: Id(1)] string? Metadata = null);
