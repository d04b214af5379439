namespace Orleans.Sessions;

/// <summary>The channel by which a code reaches a person.</summary>
public enum OtpChannel
{
    /// <summary>A text message to the verified phone number.</summary>
    Sms = 0,

    /// <summary>An e-mail to the verified address.</summary>
    Email = 1,
}
