namespace Orleans.Sessions.Oidc;

/// <summary>
/// How a client's tokens are bound to a key, so that a thief cannot use them. The numbers are those of
/// <c>sessions.oidc.v1.SenderConstraint</c>.
/// </summary>
public enum SenderConstraint
{
    /// <summary>Not necessarily: a client that sends a proof gets a bound token all the same.</summary>
    None = 0,

    /// <summary>Every request for tokens needs a DPoP proof (RFC 9449).</summary>
    Dpop = 1,
}
