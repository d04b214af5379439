namespace Orleans.Sessions.Users;

/// <summary>
/// The rule about who may do what to a user, for every call that reads or changes a user:
/// <list type="bullet">
/// <item>Without the permission on the user's organization, callers may only do what users may do to themselves.</item>
/// <item>A caller who changes another user, or sees a secret of theirs, needs at least that user's own rights. Otherwise a manager of users
/// could become the owner of the installation. Login frontends act for any person who logs in through them; services do not log in.</item>
/// <item>A bearer token is not the account: users who change their own way to log in must have proved a factor recently.</item>
/// </list>
/// </summary>
internal static class UserAccess
{
    /// <summary>
    /// Fails with <c>AUTH-AWfge</c>, <c>COMMAND-Own01</c> or <c>AUTHZ-Prf01</c> unless <paramref name="caller"/> may do it. A caller
    /// without the permission does not learn whether the user exists.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="id">The user's id.</param>
    /// <param name="user">The user; <c>null</c> if no such user exists.</param>
    /// <param name="act">What the caller wants to do.</param>
    /// <param name="now">The present time.</param>
    /// <param name="maxProofAge">The maximum age of the last proof of a factor.</param>
    public static void Require(Caller caller, string id, UserRecord? user, UserAct act, DateTimeOffset now, TimeSpan maxProofAge)
    {
        var isSelf = caller.UserId == id;
        if (isSelf && user is not { State: UserState.Active })
        {
            // A caller stays authenticated for a moment after its user is locked, and must not undo its own lock meanwhile, whatever its
            // roles.
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

        if (isSelf && act.NeedsPassword && !HasProvedPassword(caller, user!, now, maxProofAge))
        {
            throw new SessionException(SessionErrors.BearerProofTooOld) { MaxProofAge = maxProofAge };
        }

        if (!isSelf && act.Changes && user is not null && !Covers(caller, user))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }
    }

    /// <summary>Whether <paramref name="caller"/> may do to <paramref name="user"/> what the user could do too.</summary>
    public static bool Covers(Caller caller, UserRecord user)
    {
        // A caller who may grant every role can get every right.
        if (caller.InstancePermissions.HasFlag(Permission.MemberWrite) || (caller.IsLoginFrontend && user.Kind == UserKind.Human))
        {
            return true;
        }

        var other = UserRules.Caller(user);
        return caller.InstancePermissions.HasFlag(other.InstancePermissions)
            && other.OrganizationPermissions.All(granted => caller.May(granted.Permissions, granted.OrganizationId));
    }

    /// <summary>A password that was set since then is another one, whoever has set it.</summary>
    private static bool HasProvedPassword(Caller caller, UserRecord user, DateTimeOffset now, TimeSpan maxProofAge) =>
        caller.PasswordProvedAt is { } provedAt
        && now - provedAt <= maxProofAge
        && user.Password is { } password
        && provedAt >= password.ChangedAt;

    /// <summary>
    /// A service that authenticated with a personal access token has no factor to prove. It may do to itself only what it may do to others
    /// of its organization, so a token without any role cannot extend its own life.
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
