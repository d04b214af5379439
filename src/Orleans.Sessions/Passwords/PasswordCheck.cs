using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

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
            catch (SessionException failure) when (IsWithoutPassword(failure) && IsOfStranger(draft.Services.LoginPolicy, draft.Record))
            {
                throw await PasswordlessName.FailureAsync(draft, (draft.User ?? await user.IdentifyAsync()).LoginName, password);
            }

            draft.Prove(ProvedFactor.Password, new RightPassword());
        }
    }

    /// <summary>Whether the number of failed attempts must not be told: only names that exist have one that lasts.</summary>
    public static bool HidesAttempts(SessionException failure, LoginPolicy policy, SessionRecord session) =>
        failure.FailedAttempts is not null && IsOfStranger(policy, session);

    /// <summary>The same failure without the number of failed attempts.</summary>
    public static SessionException WithoutAttempts(SessionException failure) =>
        new(failure.Error) { AnswerDelay = failure.AnswerDelay, RetryAfter = failure.RetryAfter };

    /// <summary>
    /// Whether nobody learns in this session which names exist, and which of them have a password. A session that has proved a factor is no
    /// stranger's.
    /// </summary>
    private static bool IsOfStranger(LoginPolicy policy, SessionRecord session) =>
        policy.IgnoreUnknownUserNames && !ProofRules.Any(session);

    private static bool IsWithoutPassword(SessionException failure) =>
        failure.Error == SessionErrors.PasswordNotSet || failure.Error == SessionErrors.PasswordUserGone;
}
