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
    /// A person's session token is a valid bearer token only after two factors were proved (otherwise <c>AUTHZ-Kl3p0</c>).
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

    /// <summary>Whether a person must have verified the e-mail address to log in to applications (<c>OIDC-Acr08</c>).</summary>
    [Id(30)]
    public bool RequireVerifiedEmail { get; init; }
}
