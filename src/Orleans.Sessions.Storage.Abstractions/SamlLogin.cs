namespace Orleans.Sessions.Storage;

/// <summary>A session that logged in at a service provider.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="SessionIndex">The name of the session at the service provider.</param>
public sealed record SamlLogin(string SessionId, string SessionIndex);
