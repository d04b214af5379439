using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The policies that the silos enforce, as they are configured there. Any key will do: use 0.</summary>
[Alias("sessions.IPoliciesGrain")]
public interface IPoliciesGrain : IGrainWithIntegerKey
{
    /// <summary>The policies. Needs <c>policy.read</c> on the instance, or on <paramref name="organizationId"/> where one is named.</summary>
    [Alias("Get")]
    Task<InstallationPolicies> GetAsync(Caller caller, string? organizationId);
}

/// <summary>The policies of this installation; they are the same for all organizations.</summary>
/// <param name="DefaultOrganizationId">The organization of users for whom none is named.</param>
/// <param name="Login">How people may log in.</param>
/// <param name="Passwords">What a new password must be like.</param>
/// <param name="Lockout">What wrong answers lead to.</param>
[GenerateSerializer, Immutable, Alias("sessions.InstallationPolicies")]
public sealed record InstallationPolicies(
    [property: Id(0)] string DefaultOrganizationId,
    [property: Id(1)] LoginPolicy Login,
    [property: Id(2)] PasswordRules Passwords,
    [property: Id(3)] LockoutRules Lockout);

/// <summary>How people may log in. A check or challenge that is not allowed here is refused (<c>SESSION-Pol01</c>).</summary>
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
    public ImmutableArray<FactorKind> SecondFactors { get; init; } = [FactorKind.Totp, FactorKind.U2F, FactorKind.OtpEmail, FactorKind.OtpSms];

    /// <summary>One factor is never enough for a person's session token to be used as bearer token (<c>AUTHZ-Kl3p0</c>).</summary>
    [Id(4)]
    public bool ForceMfa { get; init; }

    /// <summary>Login frontends offer registration.</summary>
    [Id(5)]
    public bool AllowRegister { get; init; }

    /// <summary>Login frontends do not offer to reset a password.</summary>
    [Id(6)]
    public bool HidePasswordReset { get; init; }

    /// <summary>Login frontends ask an unknown user for a password all the same.</summary>
    [Id(7)]
    public bool IgnoreUnknownUserNames { get; init; }

    /// <summary>Where login frontends send who has come without a request; empty: nowhere.</summary>
    [Id(8)]
    public string DefaultRedirectUri { get; init; } = "";

    /// <summary>How long login frontends let a password count.</summary>
    [Id(9)]
    public TimeSpan PasswordCheckLifetime { get; init; } = TimeSpan.FromDays(10);

    /// <summary>How long login frontends let a login at an external provider count.</summary>
    [Id(10)]
    public TimeSpan ExternalLoginCheckLifetime { get; init; } = TimeSpan.FromDays(10);

    /// <summary>How long login frontends do not ask again who did not want a second factor; zero: they never ask.</summary>
    [Id(11)]
    public TimeSpan MfaInitSkipLifetime { get; init; }

    /// <summary>How long login frontends let a second factor count.</summary>
    [Id(12)]
    public TimeSpan SecondFactorCheckLifetime { get; init; } = TimeSpan.FromHours(18);

    /// <summary>How long login frontends let a passkey count.</summary>
    [Id(13)]
    public TimeSpan MultiFactorCheckLifetime { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>What a new password must be like, and how long it makes a login: <paramref name="MaxAgeDays"/> 0: for ever.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PasswordRules")]
public sealed record PasswordRules(
    [property: Id(0)] int MinLength,
    [property: Id(1)] bool RequireLower,
    [property: Id(2)] bool RequireUpper,
    [property: Id(3)] bool RequireDigit,
    [property: Id(4)] bool RequireSymbol,
    [property: Id(5)] int MaxAgeDays = 0,
    [property: Id(6)] int ExpireWarnDays = 0);

/// <summary>What wrong answers lead to.</summary>
/// <param name="MaxPasswordAttempts">How many wrong passwords in a row are allowed from one source; 0: any number.</param>
/// <param name="MaxOtpAttempts">As many one-time codes of a kind.</param>
/// <param name="LocksUser">Whether the last of them locks the user, until somebody unlocks; else it blocks the factor there for a while.</param>
/// <param name="BlockDuration">How long it is blocked first.</param>
/// <param name="MaxBlockDuration">How long it is blocked at most.</param>
[GenerateSerializer, Immutable, Alias("sessions.LockoutRules")]
public sealed record LockoutRules(
    [property: Id(0)] int MaxPasswordAttempts,
    [property: Id(1)] int MaxOtpAttempts,
    [property: Id(2)] bool LocksUser = false,
    [property: Id(3)] TimeSpan BlockDuration = default,
    [property: Id(4)] TimeSpan MaxBlockDuration = default);
