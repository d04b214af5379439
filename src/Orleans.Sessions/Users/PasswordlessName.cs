using Orleans.Sessions.Names;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>How a password fails for a name to which no password leads, where the settings hide which names exist.</summary>
internal static class PasswordlessName
{
    /// <summary>
    /// The failure of this password: the one of a person with another password, after the same work and with the same blocks and delays.
    /// </summary>
    public static async Task<SessionException> FailureAsync(SessionDraft draft, string loginName, string password)
    {
        var name = draft.Services.Grains.GetGrain<IPasswordlessNameGrain>(GrainKeys.LoginName(LoginName.KeysOf(loginName)[0]));
        try
        {
            var delay = await name.CountWrongAsync(password, draft.Origin, draft.Canceled);
            return new SessionException(SessionErrors.PasswordInvalid) { AnswerDelay = delay };
        }
        catch (SessionException blocked) when (blocked.FailedAttempts is not null)
        {
            return PasswordCheck.WithoutAttempts(blocked);
        }
    }
}
