namespace Orleans.Sessions;

/// <summary>The kinds of second factors. The numbers are those of <c>zitadel.user.v2.AuthFactors</c>.</summary>
public enum FactorKind
{
    /// <summary>An authenticator app.</summary>
    Totp = 0,

    /// <summary>Codes by SMS.</summary>
    OtpSms = 1,

    /// <summary>Codes by e-mail.</summary>
    OtpEmail = 2,

    /// <summary>A security key.</summary>
    U2F = 3,
}
