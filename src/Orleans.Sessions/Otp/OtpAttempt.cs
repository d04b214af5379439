namespace Orleans.Sessions.Otp;

/// <summary>The result of comparing a given code with the pending one.</summary>
internal enum OtpAttempt
{
    /// <summary>No code is pending.</summary>
    Unexpected,

    /// <summary>The pending code has expired.</summary>
    Expired,

    /// <summary>It is another code.</summary>
    Wrong,

    /// <summary>It is the code.</summary>
    Right,
}
