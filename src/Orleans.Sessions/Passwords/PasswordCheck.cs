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
            await draft.RequireUser(SessionErrors.PasswordUserMissing).VerifyPasswordAsync(password, draft.Origin, draft.Canceled);
            draft.Prove(ProvedFactor.Password, new RightPassword());
        }
    }
}
