namespace Orleans.Sessions.States;

/// <summary>A session logged in at an OpenID Connect client. Nothing happens if the session has ended meanwhile.</summary>
/// <param name="SessionKey">The key of the session's grain.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Issuer">The issuer that the client knows.</param>
/// <param name="UserId">The user.</param>
public sealed record ClientLoggedIn(string SessionKey, string ClientId, string Issuer, string UserId) : StateEffect;
