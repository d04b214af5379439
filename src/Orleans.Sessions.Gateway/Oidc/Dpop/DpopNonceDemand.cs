namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>Which clients must repeat a nonce of this service in their DPoP proofs (RFC 9449 §8).</summary>
public enum DpopNonceDemand
{
    /// <summary>Clients with the profile FAPI2.</summary>
    Fapi2 = 0,

    /// <summary>No client.</summary>
    Never = 1,

    /// <summary>Every client that sends proofs.</summary>
    Always = 2,
}
