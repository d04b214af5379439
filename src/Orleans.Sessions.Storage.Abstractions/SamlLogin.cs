namespace Orleans.Sessions.Storage;

/// <summary>A session that logged in at a service provider.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="SessionIndex">The name of the session at the service provider.</param>
/// <param name="RequestKey">The key of the grain of the newest request for which it logged in under that name
/// (<see cref="Saml.ISamlRequestGrain"/>).</param>
public sealed record SamlLogin(string SessionId, string SessionIndex, string RequestKey);
