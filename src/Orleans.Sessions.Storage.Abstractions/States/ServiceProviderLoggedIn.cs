namespace Orleans.Sessions.States;

/// <summary>
/// A session logged in at a SAML service provider with the request that is written. Nothing happens if the session has ended meanwhile.
/// </summary>
/// <param name="SessionKey">The key of the session's grain.</param>
/// <param name="EntityId">The service provider.</param>
/// <param name="NameId">The user's name there.</param>
/// <param name="SessionIndex">The session's name there.</param>
/// <param name="At">When it logged in.</param>
public sealed record ServiceProviderLoggedIn(string SessionKey, string EntityId, string NameId, string SessionIndex, DateTimeOffset At)
    : StateEffect;
