using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>
/// Where a session stands after a change: what watchers are told. It is a whole state and no difference, so that who missed one
/// loses nothing but time.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionSnapshot")]
public sealed record SessionSnapshot
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The checked user; <c>null</c> before the first user check.</summary>
    [Id(1)]
    public string? UserId { get; init; }

    /// <summary>How many events the session has had.</summary>
    [Id(2)]
    public required long Sequence { get; init; }

    /// <summary>Active, expired or terminated.</summary>
    [Id(3)]
    public required SessionState State { get; init; }

    /// <summary>What was proved and when.</summary>
    [Id(4)]
    public ImmutableDictionary<ProvedFactor, DateTimeOffset> Factors { get; init; } = ImmutableDictionary<ProvedFactor, DateTimeOffset>.Empty;

    /// <summary>When it was last changed, expired or terminated.</summary>
    [Id(5)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>The kinds of things a session can have proved.</summary>
public enum ProvedFactor
{
    /// <summary>Who the person says to be.</summary>
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
