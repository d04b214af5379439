using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Otp;

/// <summary>Codes by SMS and by e-mail as factors.</summary>
internal static class OtpFactor
{
    private static readonly GuessedFactor s_smsGuesses = new(
        ProvedFactor.OtpSms,
        "otp_sms",
        options => options.MaxOtpAttempts,
        SessionErrors.OtpUserLocked
    );

    private static readonly GuessedFactor s_emailGuesses = new(
        ProvedFactor.OtpEmail,
        "otp_email",
        options => options.MaxOtpAttempts,
        SessionErrors.OtpUserLocked
    );

    private static readonly FactorMethod s_sms = FactorMethod.OfSecondFactor(AuthenticationMethod.OtpSms, FactorKind.OtpSms, (user, _) =>
        OtpRules.IsReady(user, OtpChannel.Sms)
    );

    private static readonly FactorMethod s_email = FactorMethod.OfSecondFactor(
        AuthenticationMethod.OtpEmail,
        FactorKind.OtpEmail,
        (user, _) => OtpRules.IsReady(user, OtpChannel.Email)
    );

    /// <summary>The row of codes by SMS in the table of factors.</summary>
    public static readonly Factor Sms = new()
    {
        Kind = ProvedFactor.OtpSms,
        Login = AuditKinds.LoginOtpSms,
        CheckAsync = OtpCheck.RunSmsAsync,
        ChallengeAsync = OtpChallenge.RunSmsAsync,
        IsAllowed = (policy, checks, challenges) => (checks.OtpSms is null && challenges.OtpSms is null) || s_sms.IsAllowed(policy),
        Evidence = Evidence.Possession,
        Amr = "otp",
        Guesses = s_smsGuesses,
        Show = (factors, proof) => factors with { OtpSms = proof.At },
        Methods = [s_sms],
        Credentials = user => user.OtpSmsAddedAt is null ? [] : [new Credential(user.Phone?.Number ?? "")],
        SecondFactors = user => SecondFactor(user, FactorKind.OtpSms, OtpChannel.Sms),
        Names = user => user.OtpSmsAddedAt is null ? [] : ["otp_sms"],
    };

    /// <summary>The row of codes by e-mail in the table of factors.</summary>
    public static readonly Factor Email = new()
    {
        Kind = ProvedFactor.OtpEmail,
        Login = AuditKinds.LoginOtpEmail,
        CheckAsync = OtpCheck.RunEmailAsync,
        ChallengeAsync = OtpChallenge.RunEmailAsync,
        IsAllowed = (policy, checks, challenges) => (checks.OtpEmail is null && challenges.OtpEmail is null) || s_email.IsAllowed(policy),
        Evidence = Evidence.None,
        Amr = "otp",
        Guesses = s_emailGuesses,
        Show = (factors, proof) => factors with { OtpEmail = proof.At },
        Methods = [s_email],
        Credentials = user => user.OtpEmailAddedAt is null ? [] : [new Credential(user.Email?.Address ?? "")],
        SecondFactors = user => SecondFactor(user, FactorKind.OtpEmail, OtpChannel.Email),
        Names = user => user.OtpEmailAddedAt is null ? [] : ["otp_email"],
    };

    /// <summary>How wrong codes of a channel count.</summary>
    public static GuessedFactor GuessesOf(OtpChannel channel) => channel == OtpChannel.Sms ? s_smsGuesses : s_emailGuesses;

    /// <summary>The factor is not ready while its number or address is not verified.</summary>
    private static IEnumerable<AuthenticationFactor> SecondFactor(UserRecord user, FactorKind kind, OtpChannel channel) =>
        OtpRules.IsSetUp(user, channel)
            ? [new AuthenticationFactor(kind, OtpRules.IsReady(user, channel) ? FactorState.Ready : FactorState.NotReady)]
            : [];
}
