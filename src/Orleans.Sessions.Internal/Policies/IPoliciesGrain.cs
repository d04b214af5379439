using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The policies that the silos enforce, as the silos are configured. Every key works: use 0.</summary>
[Alias("sessions.IPoliciesGrain")]
public interface IPoliciesGrain : IGrainWithIntegerKey
{
    /// <summary>The policies. Needs <c>policy.read</c> on the instance, or on <paramref name="organizationId"/> if it is given.</summary>
    [Alias("Get")]
    Task<InstallationPolicies> GetAsync(Caller caller, string? organizationId);
}

/// <summary>The policies of this installation. They are the same for all organizations.</summary>
/// <param name="DefaultOrganizationId">The organization of users for whom no organization is named.</param>
/// <param name="Login">How people may log in.</param>
/// <param name="Passwords">The rules for new passwords.</param>
/// <param name="Lockout">The consequences of wrong answers.</param>
[GenerateSerializer, Immutable, Alias("sessions.InstallationPolicies")]
public sealed record InstallationPolicies(
    [property: Id(0)] string DefaultOrganizationId,
    [property: Id(1)] LoginPolicy Login,
    [property: Id(2)] PasswordRules Passwords,
    [property: Id(3)] LockoutRules Lockout
);

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

    /// <summary>Login frontends ask for a password even if the user is unknown.</summary>
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
}

/// <summary>The rules for new passwords, and how long a password can be used. <paramref name="MaxAgeDays"/> 0 means for ever.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PasswordRules")]
public sealed record PasswordRules(
    [property: Id(0)] int MinLength,
    [property: Id(1)] bool RequireLower,
    [property: Id(2)] bool RequireUpper,
    [property: Id(3)] bool RequireDigit,
    [property: Id(4)] bool RequireSymbol,
    [property: Id(5)] int MaxAgeDays = 0,
    [property: Id(6)] int ExpireWarnDays = 0
);

/// <summary>The consequences of wrong answers.</summary>
/// <param name="MaxPasswordAttempts">The number of wrong passwords in a row that are allowed from one source; 0 means any number.</param>
/// <param name="MaxOtpAttempts">The same for one-time codes, for each kind of code.</param>
/// <param name="LocksUser">Whether the last allowed wrong answer locks the user until somebody unlocks it. Otherwise it blocks the factor
/// for that source for a time.</param>
/// <param name="BlockDuration">The length of the first block.</param>
/// <param name="MaxBlockDuration">The maximum length of a block.</param>
[GenerateSerializer, Immutable, Alias("sessions.LockoutRules")]
public sealed record LockoutRules(
    [property: Id(0)] int MaxPasswordAttempts,
    [property: Id(1)] int MaxOtpAttempts,
    [property: Id(2)] bool LocksUser = false,
    [property: Id(3)] TimeSpan BlockDuration = default,
    [property: Id(4)] TimeSpan MaxBlockDuration = default
);
