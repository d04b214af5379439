namespace Orleans.Sessions.Oidc;

/// <summary>
/// How a client's tokens are bound to a key or a certificate, so that a thief cannot use them. The numbers are those of
/// <c>sessions.oidc.v1.SenderConstraint</c>.
/// </summary>
public enum SenderConstraint
{
    /// <summary>Not necessarily: a client that sends a proof gets a bound token all the same.</summary>
    None = 0,

    /// <summary>Every request for tokens needs a DPoP proof (RFC 9449).</summary>
    Dpop = 1,

    /// <summary>Every request for tokens needs a TLS client certificate, to which they are bound (RFC 8705 §3).</summary>
    Certificate = 2,
}
