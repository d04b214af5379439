using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Otp;

/// <summary>A sent code was right.</summary>
/// <param name="Channel">How it was sent.</param>
[GenerateSerializer, Immutable, Alias("sessions.RightOtp")]
internal sealed record RightOtp([property: Id(0)] OtpChannel Channel) : RightAnswer
{
    internal override Verdict Count(UserRecord? user, AnswerSource from, DateTimeOffset now) => new(OtpRules.Proved(user, Channel, from));
}
