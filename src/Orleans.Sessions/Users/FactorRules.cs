using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;

namespace Orleans.Sessions.Users;

/// <summary>
/// What right answers lead to: a pure function. The rules of each factor are in its own folder; <see cref="GuessRules"/> has what a
/// wrong answer costs.
/// </summary>
internal static class FactorRules
{
    /// <summary>
    /// Makes right answers count, all or none. A factor that others have blocked since the check still counts, because the answer was right
    /// before the block.
    /// </summary>
    public static Verdict Commit(UserRecord? user, RightAnswers right, AnswerSource from, LockoutOptions lockout, DateTimeOffset now)
    {
        var next = user;
        foreach (var answer in right.Answers)
        {
            var verdict = answer.Count(next, from, now);
            if (verdict.Failure is not null)
            {
                return verdict with { User = user! };
            }

            next = verdict.User;
        }

        // If the user has a second factor, a password alone does not make an address known: it may be stolen.
        var isLogin = right.ProvedInAll >= (UserRules.HasSecondFactor(next!) ? 2 : 1);
        return new Verdict(isLogin ? GuessRules.LoggedIn(next!, from, lockout, now) : next!);
    }
}
