using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Passwords;

/// <summary>The password as a factor.</summary>
internal static class PasswordFactor
{
    /// <summary>How its wrong answers count.</summary>
    public static readonly GuessedFactor Guesses = new(
        ProvedFactor.Password,
        "password",
        options => options.MaxPasswordAttempts,
        SessionErrors.PasswordUserLocked
    );

    private static readonly FactorMethod s_method = new(AuthenticationMethod.Password)
    {
        IsFirst = true,
        IsReady = (user, _) => user.Password is not null,
        IsAllowed = policy => policy.AllowPassword,
        Lifetime = policy => policy.PasswordCheckLifetime,
    };

    /// <summary>
    /// Its row in the table of factors. A changed password is the same credential here: the date of the change makes earlier proofs void.
    /// </summary>
    public static readonly Factor Row = new()
    {
        Kind = ProvedFactor.Password,
        Login = AuditKinds.LoginPassword,
        CheckAsync = PasswordCheck.RunAsync,
        IsAllowed = (policy, checks, _) => checks.Password is null || s_method.IsAllowed(policy),
        Evidence = Evidence.Knowledge,
        Amr = "pwd",
        Guesses = Guesses,
        Show = (factors, proof) => factors with { Password = proof.At },
        Methods = [s_method],
        Credentials = user => user.Password is null ? [] : [new Credential("password")],
    };

    /// <summary>
    /// The stored password, if it may be checked. Otherwise fails with <c>3n77z</c>, <c>3nJ4t</c>, <c>Gj4ko</c>, or
    /// <paramref name="locked"/>, which says whether the lock existed before or came while the hash was computed.
    /// </summary>
    public static StoredPassword Of(UserRecord? user, SessionError locked) =>
        user switch
        {
            null or { State: UserState.Deleted } or { Kind: not UserKind.Human } => throw new SessionException(
                SessionErrors.PasswordUserGone
            ),
            { State: UserState.Locked } => throw new SessionException(locked) { FailedAttempts = GuessRules.CountOf(user, Guesses) },
            { State: UserState.Inactive } => throw new SessionException(SessionErrors.UserNotActive),
            _ => user.Password ?? throw new SessionException(SessionErrors.PasswordNotSet),
        };
}
