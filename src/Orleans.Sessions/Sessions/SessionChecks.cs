using Orleans.Sessions.Audit;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Otp;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Policies;
using Orleans.Sessions.RecoveryCodes;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// The checks, then the challenges, in the order the contract fixes (session-api §3.1), whatever the order in the request. The
/// first one that fails ends the request, and nothing of the session is written. A check never sees a challenge of its own
/// request. A new factor is a line or two here and a folder of its own.
/// </summary>
internal static class SessionChecks
{
    private static readonly (AuditKind Kind, Func<SessionDraft, Checks, Task> RunAsync)[] s_checksInOrder =
    [
        (AuditKinds.LoginUser, UserCheckStep.RunAsync),
        (AuditKinds.LoginPassword, PasswordCheck.RunAsync),
        (AuditKinds.LoginIdentityProvider, IntentCheckStep.RunAsync),
        (AuditKinds.LoginWebAuthn, WebAuthnCheck.RunAsync),
        (AuditKinds.LoginTotp, TotpCheck.RunAsync),
        (AuditKinds.LoginOtpSms, OtpCheck.RunSmsAsync),
        (AuditKinds.LoginOtpEmail, OtpCheck.RunEmailAsync),
        (AuditKinds.LoginRecoveryCode, RecoveryCodeCheck.RunAsync),
    ];

    private static readonly Func<SessionDraft, RequestedChallenges, Task>[] s_challengesInOrder =
    [
        WebAuthnChallenge.RunAsync,
        OtpChallenge.RunSmsAsync,
        OtpChallenge.RunEmailAsync,
    ];

    /// <summary>Fails for challenges that no state of the session makes possible; asked after the permission and before anything else.</summary>
    public static void EnsureSound(Notifier notifier, Caller caller, RequestedChallenges challenges)
    {
        if (challenges.OtpEmail is { ReturnCode: false } email)
        {
            notifier.EnsureTemplate(caller, NotificationKind.OtpEmail, email.UrlTemplate);
        }
    }

    /// <summary>Runs the checks and issues the challenges that are asked for.</summary>
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
                draft.Services.FailedLogins.Count(kind, draft.Record.UserId is null && draft.Named is { } named
                    ? draft.Record with { UserId = named.Id, OrganizationId = named.OrganizationId }
                    : draft.Record, failure.Error);
                throw;
            }
        }

        if (challenges.Any)
        {
            draft.Issued = new IssuedChallenges();
            foreach (var challenge in s_challengesInOrder)
            {
                await challenge(draft, challenges);
            }
        }
    }
}
