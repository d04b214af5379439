using Orleans.Sessions.Otp;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// The checks in the order the contract fixes (session-api §3.1), whatever the order in the request. The first one that fails
/// ends the request, and nothing of the session is written. A new factor is one more line here and one file in its own folder.
/// </summary>
internal static class SessionChecks
{
    private static readonly Func<SessionDraft, Checks, Task>[] s_inOrder =
    [
        UserCheckStep.RunAsync,
        PasswordCheck.RunAsync,
        TotpCheck.RunAsync,
    ];

    /// <summary>Runs the checks that are asked for.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks, RequestedChallenges challenges)
    {
        if (checks.Unoffered || challenges.Unoffered)
        {
            throw new SessionException(SessionErrors.NotOffered);
        }

        foreach (var check in s_inOrder)
        {
            await check(draft, checks);
        }
    }
}
