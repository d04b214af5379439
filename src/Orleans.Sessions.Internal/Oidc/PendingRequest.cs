namespace Orleans.Sessions.Oidc;

/// <summary>A stored request as a login frontend sees it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PendingRequest")]
public sealed record PendingRequest([property: Id(0)] AuthorizationRequest Request, [property: Id(1)] DateTimeOffset CreatedAt);
