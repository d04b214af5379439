namespace Orleans.Sessions.Oidc;

/// <summary>A client at which a session has logged in.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Issuer">The issuer of its tokens, without trailing slash.</param>
/// <remarks>Nodes of other versions know the type by its alias, which therefore stays.</remarks>
[GenerateSerializer, Immutable, Alias("sessions.SessionClient")]
public sealed record LoggedInClient([property: Id(0)] string ClientId, [property: Id(1)] string Issuer);
