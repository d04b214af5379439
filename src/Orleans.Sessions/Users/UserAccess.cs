namespace Orleans.Sessions.Users;

/// <summary>
/// Who may do what to a user, for every call that reads or changes one:
/// <list type="bullet">
/// <item>Without the permission on the user's organization there is only what users may do to themselves.</item>
/// <item>Who changes somebody else, or gets to see a secret of theirs, needs at least that user's own rights: otherwise a manager of users could become the
/// owner of the installation. Login frontends act for the people who log in through them, whoever these are; services do not log in.</item>
/// <item>A bearer token is not the account: who changes their own way to log in must have proved a factor a short time ago.</item>
/// </list>
/// </summary>
internal static class UserAccess
{
    /// <summary>
    /// Fails with <c>AUTH-AWfge</c>, <c>COMMAND-Own01</c> or <c>AUTHZ-Prf01</c> unless <paramref name="caller"/> may. Whether the user exists is not told
    /// before the permission is there.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The user's id.</param>
    /// <param name="user">The user; <c>null</c>: there is none.</param>
    /// <param name="act">What is to be done.</param>
    /// <param name="now">The present.</param>
    /// <param name="maxProofAge">How old the last proof of a factor may be.</param>
    public static void Require(Caller caller, string id, UserRecord? user, UserAct act, DateTimeOffset now, TimeSpan maxProofAge)
    {
        var isSelf = caller.UserId == id;
        if (isSelf && user is not { State: UserState.Active })
        {
            // A caller is believed for a moment longer than its user is active, and must not undo its own lock meanwhile, whatever its roles.
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        if (isSelf && act.NeverBySelf)
        {
            throw new SessionException(SessionErrors.OwnState);
        }

        if (isSelf && act.Vouches && !caller.InstancePermissions.HasFlag(Permission.MemberWrite))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        if (!isSelf || !act.BySelf)
        {
            caller.Require(act.Permission, user?.OrganizationId);
        }

        if (isSelf && act.NeedsProof)
        {
            RequireProof(caller, user!, act, now, maxProofAge);
        }

        if (!isSelf && act.Changes && user is not null && !Covers(caller, user))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }
    }

    /// <summary>Whether <paramref name="caller"/> may do to <paramref name="user"/> what the user could do too.</summary>
    public static bool Covers(Caller caller, UserRecord user)
    {
        // Who grants every role can have every right.
        if (caller.InstancePermissions.HasFlag(Permission.MemberWrite) || (caller.IsLoginFrontend && user.Kind == UserKind.Human))
        {
            return true;
        }

        var other = UserRules.Caller(user);
        return caller.InstancePermissions.HasFlag(other.InstancePermissions)
            && other.OrganizationPermissions.All(granted => caller.May(granted.Permissions, granted.OrganizationId));
    }

    /// <summary>
    /// A service that has nothing to prove with, because it came with a personal access token, may do to itself what it may do to others of its organization:
    /// a token without any role cannot make itself last.
    /// </summary>
    private static void RequireProof(Caller caller, UserRecord user, UserAct act, DateTimeOffset now, TimeSpan maxProofAge)
    {
        if (caller.ProvedAt is { } provedAt && now - provedAt <= maxProofAge)
        {
            return;
        }

        if (user.Kind != UserKind.Machine || !caller.May(act.Permission, user.OrganizationId))
        {
            throw new SessionException(SessionErrors.BearerProofTooOld) { MaxProofAge = maxProofAge };
        }
    }
}
