namespace Orleans.Sessions;

/// <summary>Whether a factor is set up. The numbers are those of <c>zitadel.user.v2.AuthFactorState</c>.</summary>
public enum FactorState
{
    /// <summary>The setup has begun, but the factor is not verified and has no effect yet.</summary>
    NotReady = 1,

    /// <summary>Ready for use.</summary>
    Ready = 2,
}
