using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>How people may log in. A check or challenge that is not allowed fails with <c>SESSION-Pol01</c>.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LoginPolicy")]
public sealed record LoginPolicy
{
    /// <summary>Passwords are accepted.</summary>
    [Id(0)]
    public bool AllowPassword { get; init; } = true;

    /// <summary>Logins at external identity providers are accepted.</summary>
    [Id(1)]
    public bool AllowExternalProviders { get; init; } = true;

    /// <summary>Passkeys that verify the person are accepted.</summary>
    [Id(2)]
    public bool AllowPasskeys { get; init; } = true;

    /// <summary>The second factors that are accepted.</summary>
    [Id(3)]
    public ImmutableArray<FactorKind> SecondFactors { get; init; } =
    [FactorKind.Totp, FactorKind.U2F, FactorKind.OtpEmail, FactorKind.OtpSms];

    /// <summary>
    /// A login counts only after two factors were proved (otherwise <c>AUTHZ-Kl3p0</c> or <c>OIDC-Acr06</c>). A login at an external
    /// provider satisfies this, unless <see cref="ForceMfaForExternalLogins"/> is on.
    /// </summary>
    [Id(4)]
    public bool ForceMfa { get; init; }

    /// <summary>Login frontends offer registration.</summary>
    [Id(5)]
    public bool AllowRegister { get; init; }

    /// <summary>Login frontends do not offer to reset a password.</summary>
    [Id(6)]
    public bool HidePasswordReset { get; init; }

    /// <summary>
    /// Whoever only knows a login name does not learn whether it exists: login frontends ask for a password even if the user is unknown,
    /// and an unknown name with a password fails as a wrong password does.
    /// </summary>
    [Id(7)]
    public bool IgnoreUnknownUserNames { get; init; }

    /// <summary>Where login frontends send a person who came without a request; empty if they send the person nowhere.</summary>
    [Id(8)]
    public string DefaultRedirectUri { get; init; } = "";

    /// <summary>How long login frontends accept a checked password.</summary>
    [Id(9)]
    public TimeSpan PasswordCheckLifetime { get; init; } = TimeSpan.FromDays(10);

    /// <summary>How long login frontends accept a checked login at an external provider.</summary>
    [Id(10)]
    public TimeSpan ExternalLoginCheckLifetime { get; init; } = TimeSpan.FromDays(10);

    /// <summary>
    /// How long login frontends wait before they again offer to set up a second factor to a person who declined; zero: they never offer it.
    /// </summary>
    [Id(11)]
    public TimeSpan MfaInitSkipLifetime { get; init; }

    /// <summary>How long login frontends accept a checked second factor.</summary>
    [Id(12)]
    public TimeSpan SecondFactorCheckLifetime { get; init; } = TimeSpan.FromHours(18);

    /// <summary>How long login frontends accept a checked passkey.</summary>
    [Id(13)]
    public TimeSpan MultiFactorCheckLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Whether <see cref="ForceMfa"/> is also for logins at external providers.</summary>
    [Id(30)]
    public bool ForceMfaForExternalLogins { get; init; }

    /// <summary>People may name themselves by their verified e-mail address when they log in.</summary>
    [Id(31)]
    public bool AllowLoginWithEmail { get; init; } = true;

    /// <summary>People may name themselves by their verified phone number when they log in.</summary>
    [Id(32)]
    public bool AllowLoginWithPhone { get; init; } = true;

    /// <summary>
    /// A login frontend may complete the request of an application with a session in which nothing was proved and only the person was
    /// named, as in ZITADEL. Whoever holds its token then logs in as any person. Such a login has no level of assurance, and its tokens are
    /// not enough for this service's own API.
    /// </summary>
    [Id(33)]
    public bool AllowUnprovedLogins { get; init; }

    /// <summary>Whether a person must have verified the e-mail address to log in to applications (<c>OIDC-Acr08</c>).</summary>
    [Id(34)]
    public bool RequireVerifiedEmail { get; init; }
}
