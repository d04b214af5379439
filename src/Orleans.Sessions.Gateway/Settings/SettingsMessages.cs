using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.SettingsV2;
using SecondFactor = Orleans.Sessions.Protocol.SettingsV2.SecondFactorType;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>Converts policies and presentation to messages. All settings belong to the instance.</summary>
internal static class SettingsMessages
{
    public static GetGeneralSettingsResponse General(string defaultOrganizationId, PresentationOptions presentation)
    {
        var languages = presentation.OfferedLanguages;
        return new GetGeneralSettingsResponse
        {
            DefaultOrgId = defaultOrganizationId,
            DefaultOrganizationId = defaultOrganizationId,
            DefaultLanguage = presentation.DefaultLanguage,
            SupportedLanguages = { languages },
            AllowedLanguages = { languages },
        };
    }

    public static LoginSettings Login(LoginPolicy policy)
    {
        var settings = new LoginSettings
        {
            AllowUsernamePassword = policy.AllowPassword,
            AllowLocalAuthentication = policy.AllowPassword,
            AllowRegister = policy.AllowRegister,
            AllowExternalIdp = policy.AllowExternalProviders,
            ForceMfa = policy.ForceMfa && policy.ForceMfaForExternalLogins,
            ForceMfaLocalOnly = policy.ForceMfa && !policy.ForceMfaForExternalLogins,
            PasskeysType = policy.AllowPasskeys ? PasskeysType.Allowed : PasskeysType.NotAllowed,
            HidePasswordReset = policy.HidePasswordReset,
            IgnoreUnknownUsernames = policy.IgnoreUnknownUserNames,
            DefaultRedirectUri = policy.DefaultRedirectUri,
            PasswordCheckLifetime = Duration.FromTimeSpan(policy.PasswordCheckLifetime),
            ExternalLoginCheckLifetime = Duration.FromTimeSpan(policy.ExternalLoginCheckLifetime),
            MfaInitSkipLifetime = Duration.FromTimeSpan(policy.MfaInitSkipLifetime),
            SecondFactorCheckLifetime = Duration.FromTimeSpan(policy.SecondFactorCheckLifetime),
            MultiFactorCheckLifetime = Duration.FromTimeSpan(policy.MultiFactorCheckLifetime),
            // No policy forbids recovery codes.
            SecondFactors = { policy.SecondFactors.Select(Factor), SecondFactor.RecoveryCodes },
            DisableLoginWithEmail = !policy.AllowLoginWithEmail,
            DisableLoginWithPhone = !policy.AllowLoginWithPhone,
            ResourceOwnerType = ResourceOwnerType.Instance,
        };
        if (policy.AllowPasskeys)
        {
            settings.MultiFactors.Add(MultiFactorType.U2FWithVerification);
        }

        return settings;
    }

    public static PasswordComplexitySettings Complexity(PasswordRules rules) =>
        new()
        {
            MinLength = (ulong)rules.MinLength,
            RequiresLowercase = rules.RequireLower,
            RequiresUppercase = rules.RequireUpper,
            RequiresNumber = rules.RequireDigit,
            RequiresSymbol = rules.RequireSymbol,
            ResourceOwnerType = ResourceOwnerType.Instance,
        };

    public static PasswordExpirySettings Expiry(PasswordRules rules) =>
        new()
        {
            MaxAgeDays = (ulong)rules.MaxAgeDays,
            ExpireWarnDays = (ulong)rules.ExpireWarnDays,
            ResourceOwnerType = ResourceOwnerType.Instance,
        };

    public static LockoutSettings Lockout(LockoutRules rules) =>
        new()
        {
            MaxPasswordAttempts = (ulong)rules.MaxPasswordAttempts,
            MaxOtpAttempts = (ulong)rules.MaxOtpAttempts,
            ResourceOwnerType = ResourceOwnerType.Instance,
        };

    public static BrandingSettings Branding(PresentationOptions presentation) =>
        new()
        {
            LightTheme = Theme(presentation.LightTheme),
            DarkTheme = Theme(presentation.DarkTheme),
            FontUrl = presentation.FontUrl,
            DisableWatermark = presentation.DisableWatermark,
            ThemeMode = ThemeMode.Auto,
            ResourceOwnerType = ResourceOwnerType.Instance,
        };

    public static LegalAndSupportSettings Legal(PresentationOptions presentation) =>
        new()
        {
            TosLink = presentation.TermsOfServiceLink,
            PrivacyPolicyLink = presentation.PrivacyPolicyLink,
            HelpLink = presentation.HelpLink,
            SupportEmail = presentation.SupportEmail,
            ResourceOwnerType = ResourceOwnerType.Instance,
        };

    public static SecuritySettings Security(IReadOnlyCollection<string> frameOrigins) =>
        new()
        {
            EmbeddedIframe = new EmbeddedIframeSettings { Enabled = frameOrigins.Count > 0, AllowedOrigins = { frameOrigins } },
        };

    /// <summary>When settings were changed; <c>null</c> if they never were.</summary>
    public static Details? Details(SettingsDetails? details) =>
        details is null
            ? null
            : new()
            {
                Sequence = (ulong)details.Sequence,
                ChangeDate = Timestamps.Of(details.ChangeDate),
                CreationDate = Timestamps.Of(details.CreationDate),
                ResourceOwner = details.ResourceOwner,
            };

    private static Theme Theme(ThemeOptions theme) =>
        new()
        {
            PrimaryColor = theme.PrimaryColor,
            BackgroundColor = theme.BackgroundColor,
            WarnColor = theme.WarnColor,
            FontColor = theme.FontColor,
            LogoUrl = theme.LogoUrl,
            IconUrl = theme.IconUrl,
        };

    private static SecondFactor Factor(FactorKind kind) =>
        kind switch
        {
            FactorKind.Totp => SecondFactor.Totp,
            FactorKind.U2F => SecondFactor.U2F,
            FactorKind.OtpEmail => SecondFactor.OtpEmail,
            FactorKind.OtpSms => SecondFactor.OtpSms,
            _ => SecondFactor.Unspecified,
        };
}
