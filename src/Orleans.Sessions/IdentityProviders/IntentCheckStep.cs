using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>The <c>idp_intent</c> check of a session: has the session's user logged in at an external provider?</summary>
internal static class IntentCheckStep
{
    /// <summary>Checks the login, if the request names one. It is used up once all checks of the request have succeeded.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks)
    {
        if (checks.Intent is not { } check)
        {
            return;
        }

        var userId = draft.Record.UserId ?? throw new SessionException(SessionErrors.IntentUserMissing);
        var link = await Intent(draft, check).VerifyAsync(draft.Caller, check.Token, userId);
        draft.Intent = check;
        draft.Prove(ProvedFactor.Intent, credential: link);
    }

    /// <summary>Uses up the login that the request has proved.</summary>
    public static Task CommitAsync(SessionDraft draft) =>
        draft.Intent is { } check ? Intent(draft, check).ConsumeAsync(draft.Caller, check.Token, draft.Record.UserId!) : Task.CompletedTask;

    private static IIntentFactor Intent(SessionDraft draft, IntentCheck check) =>
        draft.Services.Grains.GetGrain<IIntentFactor>(GrainKeys.Intent(check.IntentId));
}
