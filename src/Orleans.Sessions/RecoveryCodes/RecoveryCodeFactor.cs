using System.Collections.Immutable;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.RecoveryCodes;

/// <summary>Recovery codes as a factor.</summary>
internal static class RecoveryCodeFactor
{
    /// <summary>How its wrong answers count.</summary>
    public static readonly GuessedFactor Guesses = new(
        ProvedFactor.RecoveryCode,
        "recovery_code",
        options => options.MaxOtpAttempts,
        SessionErrors.RecoveryCodeUserLocked
    );

    /// <summary>
    /// Its row in the table of factors. No policy forbids recovery codes, because people need them when everything else is lost.
    /// </summary>
    public static readonly Factor Row = new()
    {
        Kind = ProvedFactor.RecoveryCode,
        Login = AuditKinds.LoginRecoveryCode,
        CheckAsync = RecoveryCodeCheck.RunAsync,
        IsAllowed = (_, _, _) => true,
        Evidence = Evidence.Possession,
        Amr = "otp",
        IsLastResort = true,
        Guesses = Guesses,
        Show = (factors, proof) => factors with { RecoveryCode = proof.At },
        Methods =
        [
            new(AuthenticationMethod.RecoveryCode)
            {
                IsReady = (user, _) => user.RecoveryCodes is not null,
                IsAllowed = _ => true,
                Lifetime = policy => policy.SecondFactorCheckLifetime,
            },
        ],
        Credentials = user => user.RecoveryCodes is null ? [] : [new Credential("recovery_codes")],
    };

    /// <summary>
    /// The recovery codes, if they may be checked. Otherwise fails with <c>84rgg</c>, <c>Gj4ko</c>, or <paramref name="locked"/>, which
    /// says whether the lock existed before or came meanwhile.
    /// </summary>
    public static ImmutableArray<StoredRecoveryCode> Of(UserRecord? user, SessionError locked) =>
        user switch
        {
            { State: UserState.Locked } => throw new SessionException(locked),
            { State: UserState.Inactive } => throw new SessionException(SessionErrors.UserNotActive),
            { RecoveryCodes: { } codes } => codes,
            _ => throw new SessionException(SessionErrors.RecoveryCodesNone),
        };
}
