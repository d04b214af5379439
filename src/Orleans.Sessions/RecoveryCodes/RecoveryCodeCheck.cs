using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.RecoveryCodes;

/// <summary>The <c>recovery_code</c> check of a session.</summary>
internal static class RecoveryCodeCheck
{
    /// <summary>Checks a recovery code with the user's grain, if the request has one.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks)
    {
        if (checks.RecoveryCode is { } code)
        {
            var used = await draft.RequireUser(SessionErrors.RecoveryCodeUserMissing).VerifyRecoveryCodeAsync(code, draft.Origin);
            draft.Prove(ProvedFactor.RecoveryCode, new RightRecoveryCode(used));
        }
    }
}
