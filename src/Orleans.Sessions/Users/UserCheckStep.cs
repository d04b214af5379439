using Orleans.Sessions.Names;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>The <c>user</c> check of a session: who is the session about? It proves nothing by itself.</summary>
internal static class UserCheckStep
{
    /// <summary>Finds the user that the check names, if the request has a user check, and binds the session to it.</summary>
    public static async Task RunAsync(SessionDraft draft, Checks checks)
    {
        if (checks.User is not { } check)
        {
            return;
        }

        var user = check.UserId is { } id
            ? await draft.Services.Users.Get(GrainKeys.User(id)).IdentifyAsync()
            : await FindByLoginNameAsync(draft, check.LoginName!)
                ?? throw await UnknownAsync(draft, check.LoginName!, checks.Password, SessionErrors.UserNotFound);
        draft.Named = user;
        if (user.State is not (UserState.Active or UserState.Initial))
        {
            throw check.UserId is null
                ? await UnknownAsync(draft, user.LoginName, checks.Password, SessionErrors.UserNotActive)
                : new SessionException(SessionErrors.UserNotActive);
        }

        Bind(draft, user);
    }

    /// <summary>
    /// Binds the session to <paramref name="user"/>. Fails if the session belongs to another user, or if the user has ended it: what was
    /// proved in it before must not survive into the present epoch.
    /// </summary>
    public static void Bind(SessionDraft draft, UserIdentity user)
    {
        if (draft.Record.UserId is { } bound && bound != user.Id)
        {
            throw new SessionException(SessionErrors.SessionUserChange);
        }

        if (draft.Record.UserId is not null && SessionRules.IsOfEarlierEpoch(draft.Record, user))
        {
            throw new SessionException(SessionErrors.SessionTerminated);
        }

        draft.User = user;
        draft.Heed(user);
        draft.Apply(record =>
            record with
            {
                UserId = user.Id,
                OrganizationId = user.OrganizationId,
                UserEpoch = user.SessionEpoch,
                UserCheckedAt = draft.Now,
            }
        );
    }

    /// <summary>
    /// An address or number that exactly one person has verified goes before a name that reads the same: anybody may choose such a name.
    /// If the person with the name has verified it too, the name decides, because then two people have.
    /// </summary>
    private static async Task<UserIdentity?> FindByLoginNameAsync(SessionDraft draft, string loginName) =>
        await FindByContactAsync(draft, loginName) ?? await FindByNameAsync(draft, loginName);

    private static async Task<UserIdentity?> FindByContactAsync(SessionDraft draft, string loginName) =>
        await draft.Services.Contacts.FindAsync(loginName) is { } person
            ? await draft.Services.Users.Get(GrainKeys.User(person)).TryIdentifyAsync()
            : null;

    /// <summary>
    /// The name grain's cache may be out of date for a moment after a rename. Only the user's grain knows the user's name, so after a
    /// mismatch the database is asked once more.
    /// </summary>
    private static async Task<UserIdentity?> FindByNameAsync(SessionDraft draft, string loginName)
    {
        foreach (var key in LoginName.KeysOf(loginName))
        {
            var name = draft.Services.Grains.GetGrain<ILoginNameGrain>(GrainKeys.LoginName(key));
            foreach (var afresh in new[] { false, true })
            {
                if (await name.ResolveAsync(afresh) is not { } id)
                {
                    break;
                }

                if (
                    await draft.Services.Users.Get(GrainKeys.User(id)).TryIdentifyAsync() is { } user
                    && LoginName.KeysOf(user.LoginName).Contains(key)
                )
                {
                    return user;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The failure for the name of nobody, or of somebody who is not active. If the settings hide which names exist, a name with a password
    /// fails as a known one with a wrong password does; otherwise with <paramref name="error"/>.
    /// </summary>
    private static async Task<SessionException> UnknownAsync(SessionDraft draft, string loginName, string? password, SessionError error) =>
        password is null || !draft.Services.LoginPolicy.IgnoreUnknownUserNames
            ? new SessionException(error)
            : await PasswordlessName.FailureAsync(draft, loginName, password);
}
