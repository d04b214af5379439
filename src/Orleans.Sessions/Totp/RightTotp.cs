using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Totp;

/// <summary>The code of an authenticator app was right. Its step and all earlier steps are used up.</summary>
/// <param name="Step">The code's step: the number of 30 second steps since 1970.</param>
[GenerateSerializer, Immutable, Alias("sessions.RightTotp")]
internal sealed record RightTotp([property: Id(0)] long Step) : RightAnswer
{
    internal override Verdict Count(UserRecord? user, AnswerSource from, DateTimeOffset now)
    {
        var totp = TotpFactor.Of(user);
        return Step <= totp.LastStep
            ? new Verdict(user!, new SessionException(SessionErrors.TotpInvalid))
            : new Verdict(GuessRules.Right(user! with { Totp = totp with { LastStep = Step } }, TotpFactor.Guesses, from));
    }
}
