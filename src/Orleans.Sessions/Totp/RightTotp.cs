using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Totp;

/// <summary>The code of an authenticator app was right. Its step and earlier ones are used up by it.</summary>
/// <param name="Step">The number of 30 second steps since 1970 to which the code belongs.</param>
[GenerateSerializer, Immutable, Alias("sessions.RightTotp")]
public sealed record RightTotp([property: Id(0)] long Step) : RightAnswer
{
    internal override Verdict Count(UserRecord? user, AnswerSource from)
    {
        var totp = TotpFactor.Of(user);
        return Step <= totp.LastStep
            ? TotpFactor.Used(user!)
            : new Verdict(GuessRules.Right(user! with { Totp = totp with { LastStep = Step } }, TotpFactor.Guesses, from));
    }
}
