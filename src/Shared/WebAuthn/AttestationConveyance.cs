namespace Orleans.Sessions.WebAuthn;

/// <summary>How much authenticators say about themselves when a key is registered (WebAuthn §5.4.7).</summary>
internal enum AttestationConveyance
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What the browser lets through; it may replace the statement by one that tells less.</summary>
    Indirect,

    /// <summary>The authenticator's own statement.</summary>
    Direct,

    /// <summary>A statement that may name the single device, for managed devices.</summary>
    Enterprise,
}
