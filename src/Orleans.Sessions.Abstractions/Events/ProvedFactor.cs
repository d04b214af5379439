namespace Orleans.Sessions;

/// <summary>The factors that a session can prove.</summary>
public enum ProvedFactor
{
    /// <summary>The user: who the person claims to be.</summary>
    User = 0,

    /// <summary>The password.</summary>
    Password = 1,

    /// <summary>A passkey or security key.</summary>
    WebAuthn = 2,

    /// <summary>A login at an external identity provider.</summary>
    Intent = 3,

    /// <summary>A code of an authenticator app.</summary>
    Totp = 4,

    /// <summary>A code sent by SMS.</summary>
    OtpSms = 5,

    /// <summary>A code sent by e-mail.</summary>
    OtpEmail = 6,

    /// <summary>A recovery code.</summary>
    RecoveryCode = 7,
}
