using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Passwords;

/// <summary>The password was right.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RightPassword")]
internal sealed record RightPassword : RightAnswer
{
    internal override Verdict Count(UserRecord? user, AnswerSource from, DateTimeOffset now)
    {
        PasswordFactor.Of(user, SessionErrors.PasswordLockedMeanwhile);
        return new Verdict(GuessRules.Right(user!, PasswordFactor.Guesses, from));
    }
}
