using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// Runs the checks, then the challenges, in the order of the <see cref="FactorTable"/>, whatever their order in the request: first who the
/// person claims to be, then what proves it. The first failure ends the request, and nothing of the session is written. A check never sees
/// a challenge of its own request.
/// </summary>
internal static class SessionChecks
{
    private static readonly (AuditKind Kind, Func<SessionDraft, Checks, Task> RunAsync)[] s_checksInOrder =
    [
        (AuditKinds.LoginUser, UserCheckStep.RunAsync),
        .. FactorTable.All.Select(factor => (factor.Login, factor.CheckAsync)),
    ];

    /// <summary>
    /// Fails for challenges that no state of the session makes possible. It is called after the permission check and before anything else.
    /// </summary>
    public static void EnsureSound(Notifier notifier, Caller caller, RequestedChallenges challenges)
    {
        if (challenges.OtpEmail is { ReturnCode: false } email)
        {
            notifier.EnsureTemplate(caller, NotificationKind.OtpEmail, email.UrlTemplate);
        }
    }

    /// <summary>Runs the checks and issues the requested challenges.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks, RequestedChallenges challenges)
    {
        LoginPolicyRules.Ensure(draft.Services.LoginPolicy, checks, challenges);
        foreach (var (kind, runAsync) in s_checksInOrder)
        {
            try
            {
                await runAsync(draft, checks);
            }
            catch (SessionException failure)
            {
                draft.Services.FailedLogins.Count(
                    kind,
                    draft.Record.UserId is null && draft.Named is { } named
                        ? draft.Record with
                        {
                            UserId = named.Id,
                            OrganizationId = named.OrganizationId,
                        }
                        : draft.Record,
                    failure.Error
                );
                throw;
            }
        }

        if (challenges.Any)
        {
            draft.Issued = new IssuedChallenges();
            foreach (
                var challenge in FactorTable
                    .All.Select(factor => factor.ChallengeAsync)
                    .OfType<Func<SessionDraft, RequestedChallenges, Task>>()
            )
            {
                await challenge(draft, challenges);
            }
        }
    }

    /// <summary>Uses up single-use items that are not part of the user's record, once all checks of the request have succeeded.</summary>
    public static async Task UseUpAsync(SessionDraft draft)
    {
        foreach (var factor in FactorTable.All)
        {
            if (factor.UseUpAsync is { } useUp)
            {
                await useUp(draft);
            }
        }
    }
}
