namespace Orleans.Sessions.Storage;

/// <summary>A service provider at which a session has logged in.</summary>
/// <param name="EntityId">The service provider.</param>
/// <param name="RequestKey">The key of the request's grain (<see cref="Saml.ISamlRequestGrain"/>).</param>
public sealed record SamlParticipant(string EntityId, string RequestKey);
