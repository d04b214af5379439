namespace Orleans.Sessions;

/// <summary>How a verification code reaches the person.</summary>
public enum CodeDelivery
{
    /// <summary>
    /// The code is sent if a channel for it is configured. Without a channel nothing happens, because the caller did not explicitly ask for
    /// a code.
    /// </summary>
    SendIfPossible = 0,

    /// <summary>The code is sent. Fails with <c>MAIL-w8nfow</c> or <c>PHONE-w8nfow</c> if no channel is configured.</summary>
    Send = 1,

    /// <summary>The caller gets the code and delivers it. Nothing is sent.</summary>
    Return = 2,
}
