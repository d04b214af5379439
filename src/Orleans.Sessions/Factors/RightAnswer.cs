using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Factors;

/// <summary>
/// A right answer. It counts once all checks of its request have succeeded, because a request succeeds or fails as a whole. Each kind of
/// factor that belongs to the user has a class of its own.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.RightAnswer")]
internal abstract record RightAnswer
{
    /// <summary>
    /// The user's record with the answer counted: the wrong answers are forgotten, and single-use items are used up. If several calls use
    /// the same item at the same time, only one succeeds; the others fail here. The answer of a user who was locked meanwhile fails here
    /// too.
    /// </summary>
    internal abstract Verdict Count(UserRecord? user, AnswerSource from, DateTimeOffset now);
}
