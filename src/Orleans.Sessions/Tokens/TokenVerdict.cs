namespace Orleans.Sessions.Tokens;

/// <summary>The verdict on a presented token.</summary>
internal enum TokenVerdict
{
    /// <summary>Never seen, or older than the previous one.</summary>
    Unknown,

    /// <summary>The valid token.</summary>
    Valid,

    /// <summary>The previous token, within its grace period: it is valid for what the session had proved when it was replaced.</summary>
    Previous,

    /// <summary>The previous token after its grace period: someone has kept a replaced token. Worth an alarm.</summary>
    Reused,
}
