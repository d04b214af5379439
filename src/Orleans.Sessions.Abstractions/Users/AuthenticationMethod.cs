namespace Orleans.Sessions;

/// <summary>The ways in which a user can log in. The numbers are those of <c>zitadel.user.v2.AuthenticationMethodType</c>.</summary>
public enum AuthenticationMethod
{
    /// <summary>Not specified.</summary>
    Unspecified = 0,

    /// <summary>A password is set.</summary>
    Password = 1,

    /// <summary>A passkey is registered.</summary>
    Passkey = 2,

    /// <summary>The user is linked to an external identity provider.</summary>
    IdentityProvider = 3,

    /// <summary>An authenticator app is set up and verified.</summary>
    Totp = 4,

    /// <summary>A security key is registered.</summary>
    U2F = 5,

    /// <summary>Codes by SMS are set up, and the phone number is verified.</summary>
    OtpSms = 6,

    /// <summary>Codes by e-mail are set up, and the address is verified.</summary>
    OtpEmail = 7,

    /// <summary>The user has recovery codes left.</summary>
    RecoveryCode = 8,
}
