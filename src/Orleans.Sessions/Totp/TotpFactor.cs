using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Totp;

/// <summary>The authenticator app as a factor.</summary>
internal static class TotpFactor
{
    /// <summary>How its wrong answers count.</summary>
    public static readonly GuessedFactor Guesses = new(
        ProvedFactor.Totp,
        "totp",
        options => options.MaxOtpAttempts,
        SessionErrors.TotpUserLocked
    );

    private static readonly FactorMethod s_method = FactorMethod.OfSecondFactor(AuthenticationMethod.Totp, FactorKind.Totp, (user, _) =>
        user.Totp is { IsReady: true }
    );

    /// <summary>Its row in the table of factors.</summary>
    public static readonly Factor Row = new()
    {
        Kind = ProvedFactor.Totp,
        Login = AuditKinds.LoginTotp,
        CheckAsync = TotpCheck.RunAsync,
        IsAllowed = (policy, checks, _) => checks.Totp is null || s_method.IsAllowed(policy),
        Evidence = Evidence.Possession,
        Amr = "otp",
        Guesses = Guesses,
        Show = (factors, proof) => factors with { Totp = proof.At },
        Methods = [s_method],
        Credentials = user => user.Totp is { IsReady: true } app ? [new Credential(Convert.ToBase64String(app.Secret.AsSpan()))] : [],
        SecondFactors = user =>
            user.Totp is { } totp
                ? [new AuthenticationFactor(FactorKind.Totp, totp.IsReady ? FactorState.Ready : FactorState.NotReady)]
                : [],
        Names = user => user.Totp is { IsReady: true } ? ["totp"] : [],
    };

    /// <summary>
    /// The authenticator app, if it may be checked. Otherwise fails with <c>3Mif9s</c>, <c>SF3fg</c> or <c>Gj4ko</c>. For a locked user the
    /// code is not even compared, so that the answer reveals nothing about it.
    /// </summary>
    public static StoredTotp Of(UserRecord? user) =>
        user switch
        {
            not { Totp.IsReady: true } => throw new SessionException(SessionErrors.TotpNotReady),
            { State: UserState.Locked } => throw new SessionException(SessionErrors.TotpUserLocked),
            { State: UserState.Inactive } => throw new SessionException(SessionErrors.UserNotActive),
            _ => user.Totp,
        };

    /// <summary>
    /// A code that was already used is refused. It is not a guess and does not count: a double click must not lock anyone out.
    /// <see cref="TotpCheck"/> decides who may learn that it was used.
    /// </summary>
    public static Verdict Used(UserRecord user) => new(user, new SessionException(SessionErrors.TotpUsed));
}
