namespace Orleans.Sessions;

/// <summary>The proved factors and when they were proved. A value is <c>null</c> if the factor is not proved.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionFactors")]
public sealed record SessionFactors
{
    /// <summary>The user.</summary>
    [Id(0)]
    public required UserFactor User { get; init; }

    /// <summary>When the password was checked. It is removed when the user gets a newer password.</summary>
    [Id(1)]
    public DateTimeOffset? Password { get; init; }

    /// <summary>When a code of the authenticator app was checked.</summary>
    [Id(2)]
    public DateTimeOffset? Totp { get; init; }

    /// <summary>The passkey or security key.</summary>
    [Id(3)]
    public WebAuthnFactor? WebAuthn { get; init; }

    /// <summary>When a login at an external identity provider was checked.</summary>
    [Id(4)]
    public DateTimeOffset? Intent { get; init; }

    /// <summary>When a code sent by SMS was checked.</summary>
    [Id(5)]
    public DateTimeOffset? OtpSms { get; init; }

    /// <summary>When a code sent by e-mail was checked.</summary>
    [Id(6)]
    public DateTimeOffset? OtpEmail { get; init; }

    /// <summary>When a recovery code was checked.</summary>
    [Id(7)]
    public DateTimeOffset? RecoveryCode { get; init; }
}
