using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// The <c>web_auth_n</c> check of a session. A right answer uses up the challenge; after a wrong answer the caller may try again.
/// </summary>
internal static class WebAuthnCheck
{
    /// <summary>
    /// Checks the answer of an authenticator with the user's grain, if the request has one. A session without a user is bound to the user
    /// of the key.
    /// </summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks)
    {
        if (checks.WebAuthn is not { } credential)
        {
            return;
        }

        var pending =
            draft.Record.PendingWebAuthn is { } issued && issued.ExpiresAt > draft.Now
                ? issued
                : throw new SessionException(SessionErrors.WebAuthnChallengeMissing);
        var isNamed = draft.Record.UserId is not null;
        var user = isNamed ? draft.RequireUser(SessionErrors.WebAuthnUserMissing) : HolderOf(draft, credential);
        var proven = await user.VerifyWebAuthnAsync(pending.Terms, pending.State, credential);
        if (!isNamed)
        {
            UserCheckStep.Bind(draft, await user.IdentifyAsync());
        }

        draft.Prove(
            new Proof(ProvedFactor.WebAuthn, draft.Now, proven.KeyId, proven.UserVerified) { IsHardwareBound = proven.IsHardwareBound },
            proven
        );
        draft.Update(record => record with { PendingWebAuthn = null });
    }

    private static IUserFactors HolderOf(SessionDraft draft, string credential)
    {
        var answer = ClientCredential.ReadAssertion(credential) ?? throw new SessionException(SessionErrors.WebAuthnUnreadable);
        return answer.UserHandle is { } id
            ? draft.Services.Users.Get(GrainKeys.User(id))
            : throw new SessionException(SessionErrors.WebAuthnUserMissing);
    }
}
