namespace Orleans.Sessions.Sessions;

/// <summary>Whose a session was, and what it had proved, at some time.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ProvedLevel")]
public sealed record ProvedLevel
{
    /// <summary>The user.</summary>
    [Id(0)]
    public string? UserId { get; init; }

    /// <summary>The user's organization.</summary>
    [Id(1)]
    public string? OrganizationId { get; init; }

    /// <summary>When the user was identified.</summary>
    [Id(2)]
    public DateTimeOffset? UserCheckedAt { get; init; }

    /// <summary>When the password was proved.</summary>
    [Id(3)]
    public DateTimeOffset? PasswordCheckedAt { get; init; }

    /// <summary>When an authenticator code was proved.</summary>
    [Id(4)]
    public DateTimeOffset? TotpCheckedAt { get; init; }

    /// <summary>The passkey or security key that was proved.</summary>
    [Id(5)]
    public WebAuthnFactor? WebAuthn { get; init; }

    /// <summary>Which one it was.</summary>
    [Id(6)]
    public string? WebAuthnKeyId { get; init; }

    /// <summary>When a login at an external identity provider was proved.</summary>
    [Id(7)]
    public DateTimeOffset? IntentCheckedAt { get; init; }

    /// <summary>By which link.</summary>
    [Id(8)]
    public string? IntentLink { get; init; }

    /// <summary>When a code sent by SMS was proved.</summary>
    [Id(9)]
    public DateTimeOffset? OtpSmsCheckedAt { get; init; }

    /// <summary>When a code sent by e-mail was proved.</summary>
    [Id(10)]
    public DateTimeOffset? OtpEmailCheckedAt { get; init; }

    /// <summary>When a recovery code was proved.</summary>
    [Id(11)]
    public DateTimeOffset? RecoveryCodeCheckedAt { get; init; }

    /// <summary>The level of a session.</summary>
    public static ProvedLevel Of(SessionRecord session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new()
        {
            UserId = session.UserId,
            OrganizationId = session.OrganizationId,
            UserCheckedAt = session.UserCheckedAt,
            PasswordCheckedAt = session.PasswordCheckedAt,
            TotpCheckedAt = session.TotpCheckedAt,
            WebAuthn = session.WebAuthn,
            WebAuthnKeyId = session.WebAuthnKeyId,
            IntentCheckedAt = session.IntentCheckedAt,
            IntentLink = session.IntentLink,
            OtpSmsCheckedAt = session.OtpSmsCheckedAt,
            OtpEmailCheckedAt = session.OtpEmailCheckedAt,
            RecoveryCodeCheckedAt = session.RecoveryCodeCheckedAt,
        };
    }

    /// <summary>The session as it is to who has no more than this level.</summary>
    public SessionRecord Lower(SessionRecord session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session with
        {
            UserId = UserId,
            OrganizationId = OrganizationId,
            UserCheckedAt = UserCheckedAt,
            PasswordCheckedAt = PasswordCheckedAt,
            TotpCheckedAt = TotpCheckedAt,
            WebAuthn = WebAuthn,
            WebAuthnKeyId = WebAuthnKeyId,
            IntentCheckedAt = IntentCheckedAt,
            IntentLink = IntentLink,
            OtpSmsCheckedAt = OtpSmsCheckedAt,
            OtpEmailCheckedAt = OtpEmailCheckedAt,
            RecoveryCodeCheckedAt = RecoveryCodeCheckedAt,
        };
    }
}
