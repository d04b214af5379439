namespace Orleans.Sessions.Saml;

/// <summary>A stored request as a login frontend sees it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PendingSamlRequest")]
public sealed record PendingSamlRequest([property: Id(0)] SamlRequest Request, [property: Id(1)] DateTimeOffset CreatedAt);
