using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Totp;

/// <summary>The <c>totp</c> check of a session.</summary>
internal static class TotpCheck
{
    /// <summary>Checks an authenticator code with the user's grain, if the request has one.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks)
    {
        if (checks.Totp is { } code)
        {
            var step = await draft.RequireUser(SessionErrors.TotpUserMissing).VerifyTotpAsync(code, draft.Origin);
            draft.Prove(ProvedFactor.Totp, new RightTotp(step));
        }
    }
}
