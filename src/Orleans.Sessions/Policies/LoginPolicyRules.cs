namespace Orleans.Sessions.Policies;

/// <summary>Holds requests to the login policy. Recovery codes are always accepted: they are for the day everything else is lost.</summary>
internal static class LoginPolicyRules
{
    /// <summary>Fails with <c>SESSION-Pol01</c> unless the policy allows every check and challenge that is asked for.</summary>
    public static void Ensure(LoginPolicy policy, Checks checks, RequestedChallenges challenges)
    {
        var isAllowed = (checks.Password is null || policy.AllowPassword)
            && (checks.Intent is null || policy.AllowExternalProviders)
            && (checks.Totp is null || policy.SecondFactors.Contains(FactorKind.Totp))
            && ((checks.OtpSms is null && challenges.OtpSms is null) || policy.SecondFactors.Contains(FactorKind.OtpSms))
            && ((checks.OtpEmail is null && challenges.OtpEmail is null) || policy.SecondFactors.Contains(FactorKind.OtpEmail))
            && (checks.WebAuthn is null || policy.AllowPasskeys || policy.SecondFactors.Contains(FactorKind.U2F))
            && (challenges.WebAuthn is null || (challenges.WebAuthn.UserVerification == UserVerification.Required
                ? policy.AllowPasskeys
                : policy.SecondFactors.Contains(FactorKind.U2F)));
        if (!isAllowed)
        {
            throw new SessionException(SessionErrors.FactorNotAllowed);
        }
    }
}
