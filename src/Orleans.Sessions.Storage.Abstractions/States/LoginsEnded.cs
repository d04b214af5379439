namespace Orleans.Sessions.States;

/// <summary>
/// A session that may have logged in somewhere has ended or expired. Its OpenID Connect clients are to be notified. Its SAML logins can
/// still be found until <paramref name="SamlUntil"/>.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="At">When it ended.</param>
/// <param name="SamlUntil">The time limit of a SAML logout.</param>
public sealed record LoginsEnded(string SessionId, string Reason, DateTimeOffset At, DateTimeOffset SamlUntil) : StateEffect;
