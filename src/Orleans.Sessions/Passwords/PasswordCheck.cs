using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Passwords;

/// <summary>The <c>password</c> check of a session.</summary>
internal static class PasswordCheck
{
    /// <summary>Checks the password with the user's grain, if the request has one.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks)
    {
        if (checks.Password is { } password)
        {
            var user = draft.RequireUser(SessionErrors.PasswordUserMissing);
            try
            {
                await user.VerifyPasswordAsync(password, draft.Origin, draft.Canceled);
            }
            catch (SessionException failure) when (HidesAttempts(failure, draft.Services.LoginPolicy, draft.Record))
            {
                throw WithoutAttempts(failure);
            }

            draft.Prove(ProvedFactor.Password, new RightPassword());
        }
    }

    /// <summary>
    /// Whether the number of failed attempts must not be told: only names that exist have one. A session that has proved a factor is no
    /// stranger's.
    /// </summary>
    public static bool HidesAttempts(SessionException failure, LoginPolicy policy, SessionRecord session) =>
        failure.FailedAttempts is not null && policy.IgnoreUnknownUserNames && !ProofRules.Any(session);

    /// <summary>The same failure without the number of failed attempts.</summary>
    public static SessionException WithoutAttempts(SessionException failure) =>
        new(failure.Error) { AnswerDelay = failure.AnswerDelay, RetryAfter = failure.RetryAfter };
}
