using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Totp;

/// <summary>The <c>totp</c> check of a session.</summary>
internal static class TotpCheck
{
    /// <summary>Checks an authenticator code with the user's grain, if the request has one.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks)
    {
        if (checks.Totp is { } code)
        {
            var user = draft.RequireUser(SessionErrors.TotpUserMissing);
            draft.Prove(ProvedFactor.Totp, new RightTotp(await VerifyAsync(draft, user, code)));
        }
    }

    /// <summary>
    /// Only a person who has proved another factor learns that a refused code was right and used. To anybody else it reads like a wrong
    /// one.
    /// </summary>
    private static async Task<long> VerifyAsync(SessionDraft draft, IUserFactors user, string code)
    {
        try
        {
            return await user.VerifyTotpAsync(code, draft.Origin);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.TotpUsed && !ProvesAnother(draft))
        {
            throw new SessionException(SessionErrors.TotpInvalid);
        }
    }

    private static bool ProvesAnother(SessionDraft draft) =>
        ProofRules
            .Of(draft.Record)
            .Any(proof => proof.Factor != ProvedFactor.Totp && (draft.User is not { } user || ProofRules.Stands(proof, user)));
}
