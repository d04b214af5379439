using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Policies;

/// <summary>
/// How people may log in; configuration section <c>Sessions:LoginPolicy</c>. A factor that is not allowed is refused
/// (<c>SESSION-Pol01</c>).
/// </summary>
public sealed class LoginPolicyOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:LoginPolicy";

    private static readonly LoginPolicy s_default = new();

    /// <inheritdoc cref="LoginPolicy.AllowPassword"/>
    public bool AllowPassword { get; set; } = s_default.AllowPassword;

    /// <inheritdoc cref="LoginPolicy.AllowExternalProviders"/>
    public bool AllowExternalProviders { get; set; } = s_default.AllowExternalProviders;

    /// <inheritdoc cref="LoginPolicy.AllowPasskeys"/>
    public bool AllowPasskeys { get; set; } = s_default.AllowPasskeys;

    /// <summary>Whether authenticator apps are accepted.</summary>
    public bool AllowTotp { get; set; } = true;

    /// <summary>Whether security keys are accepted.</summary>
    public bool AllowU2F { get; set; } = true;

    /// <summary>Whether codes by e-mail are accepted.</summary>
    public bool AllowOtpEmail { get; set; } = true;

    /// <summary>Whether codes by SMS are accepted.</summary>
    public bool AllowOtpSms { get; set; } = true;

    /// <inheritdoc cref="LoginPolicy.ForceMfa"/>
    public bool ForceMfa { get; set; }

    /// <inheritdoc cref="LoginPolicy.ForceMfaForExternalLogins"/>
    public bool ForceMfaForExternalLogins { get; set; }

    /// <inheritdoc cref="LoginPolicy.AllowLoginWithEmail"/>
    public bool AllowLoginWithEmail { get; set; } = s_default.AllowLoginWithEmail;

    /// <inheritdoc cref="LoginPolicy.AllowLoginWithPhone"/>
    public bool AllowLoginWithPhone { get; set; } = s_default.AllowLoginWithPhone;

    /// <inheritdoc cref="LoginPolicy.AllowUnprovedLogins"/>
    public bool AllowUnprovedLogins { get; set; }

    /// <inheritdoc cref="LoginPolicy.AllowRegister"/>
    public bool AllowRegister { get; set; }

    /// <inheritdoc cref="LoginPolicy.HidePasswordReset"/>
    public bool HidePasswordReset { get; set; }

    /// <inheritdoc cref="LoginPolicy.IgnoreUnknownUserNames"/>
    public bool IgnoreUnknownUserNames { get; set; }

    /// <inheritdoc cref="LoginPolicy.DefaultRedirectUri"/>
    public string DefaultRedirectUri { get; set; } = "";

    /// <inheritdoc cref="LoginPolicy.PasswordCheckLifetime"/>
    public TimeSpan PasswordCheckLifetime { get; set; } = s_default.PasswordCheckLifetime;

    /// <inheritdoc cref="LoginPolicy.ExternalLoginCheckLifetime"/>
    public TimeSpan ExternalLoginCheckLifetime { get; set; } = s_default.ExternalLoginCheckLifetime;

    /// <inheritdoc cref="LoginPolicy.MfaInitSkipLifetime"/>
    public TimeSpan MfaInitSkipLifetime { get; set; }

    /// <inheritdoc cref="LoginPolicy.SecondFactorCheckLifetime"/>
    public TimeSpan SecondFactorCheckLifetime { get; set; } = s_default.SecondFactorCheckLifetime;

    /// <inheritdoc cref="LoginPolicy.MultiFactorCheckLifetime"/>
    public TimeSpan MultiFactorCheckLifetime { get; set; } = s_default.MultiFactorCheckLifetime;

    /// <inheritdoc cref="LoginPolicy.RequireVerifiedEmail"/>
    public bool RequireVerifiedEmail { get; set; }

    /// <summary>The policy of these settings.</summary>
    public LoginPolicy ToPolicy() =>
        new()
        {
            AllowPassword = AllowPassword,
            AllowExternalProviders = AllowExternalProviders,
            AllowPasskeys = AllowPasskeys,
            SecondFactors =
            [
                .. new[]
                {
                    (FactorKind.Totp, AllowTotp),
                    (FactorKind.U2F, AllowU2F),
                    (FactorKind.OtpEmail, AllowOtpEmail),
                    (FactorKind.OtpSms, AllowOtpSms),
                }
                    .Where(factor => factor.Item2)
                    .Select(factor => factor.Item1),
            ],
            ForceMfa = ForceMfa,
            ForceMfaForExternalLogins = ForceMfaForExternalLogins,
            AllowLoginWithEmail = AllowLoginWithEmail,
            AllowLoginWithPhone = AllowLoginWithPhone,
            AllowUnprovedLogins = AllowUnprovedLogins,
            AllowRegister = AllowRegister,
            HidePasswordReset = HidePasswordReset,
            IgnoreUnknownUserNames = IgnoreUnknownUserNames,
            DefaultRedirectUri = DefaultRedirectUri,
            PasswordCheckLifetime = PasswordCheckLifetime,
            ExternalLoginCheckLifetime = ExternalLoginCheckLifetime,
            MfaInitSkipLifetime = MfaInitSkipLifetime,
            SecondFactorCheckLifetime = SecondFactorCheckLifetime,
            MultiFactorCheckLifetime = MultiFactorCheckLifetime,
            RequireVerifiedEmail = RequireVerifiedEmail,
        };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DefaultRedirectUri.Length > 0 && !Uri.TryCreate(DefaultRedirectUri, UriKind.Absolute, out _))
        {
            yield return new ValidationResult($"{Section}:DefaultRedirectUri must be an absolute URL.", [nameof(DefaultRedirectUri)]);
        }

        foreach (
            var (key, lifetime) in new[]
            {
                (nameof(PasswordCheckLifetime), PasswordCheckLifetime),
                (nameof(ExternalLoginCheckLifetime), ExternalLoginCheckLifetime),
                (nameof(MfaInitSkipLifetime), MfaInitSkipLifetime),
                (nameof(SecondFactorCheckLifetime), SecondFactorCheckLifetime),
                (nameof(MultiFactorCheckLifetime), MultiFactorCheckLifetime),
            }
        )
        {
            if (lifetime < TimeSpan.Zero)
            {
                yield return new ValidationResult($"{Section}:{key} must not be negative.", [key]);
            }
        }
    }
}
