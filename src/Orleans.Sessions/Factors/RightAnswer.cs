using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Factors;

/// <summary>
/// A right answer that counts once all checks of its request are right: a request succeeds or fails as a whole. Each kind of factor that is
/// a user's own has one.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.RightAnswer")]
public abstract record RightAnswer
{
    /// <summary>
    /// The user's record with the answer counted: its wrong answers are forgotten, and what works once is used up. Of parallel uses one
    /// succeeds; the others fail here, and so does the answer of a user who was locked meanwhile.
    /// </summary>
    internal abstract Verdict Count(UserRecord? user, AnswerSource from);
}
