namespace Orleans.Sessions.Users;

/// <summary>
/// What a call does to a user, as far as permissions are concerned (<see cref="UserAccess"/>). A new method of the user's grain needs one
/// more row here, and one more row in the table of the test <c>EveryMethodTests</c>.
/// </summary>
/// <param name="Permission">The permission that the caller needs on the user's organization.</param>
/// <param name="Missing">The error if no such user exists.</param>
internal sealed record UserAct(Permission Permission, SessionError Missing)
{
    /// <summary>Reads data that is not secret.</summary>
    public static readonly UserAct Read = new(Permission.UserRead, SessionErrors.UserNotFound) { Changes = false };

    /// <summary>Changes names, the language, or the name of a service.</summary>
    public static readonly UserAct Update = new(Permission.UserWrite, SessionErrors.UserNotFound);

    /// <summary>Changes the administrators' own data.</summary>
    public static readonly UserAct SetMetadata = Update with { BySelf = false };

    /// <summary>Changes or removes an e-mail address or a phone number.</summary>
    public static readonly UserAct ChangeContact = Update with { NeedsProof = true };

    /// <summary>Sends or verifies a code that proves an address or a number.</summary>
    public static readonly UserAct ProveContact = Update;

    /// <summary>Sends or accepts an invitation.</summary>
    public static readonly UserAct Invite = new(Permission.UserWrite, SessionErrors.InviteUserNotFound);

    /// <summary>Sends a code that resets the password.</summary>
    public static readonly UserAct SendReset = new(Permission.UserWrite, SessionErrors.PasswordResetUserNotFound);

    /// <summary>Shows the caller a code that resets the password.</summary>
    public static readonly UserAct ShowReset = new(Permission.UserCredentialWrite, SessionErrors.PasswordResetUserNotFound)
    {
        BySelf = false,
        NeedsProof = true,
    };

    /// <summary>Sets the password for a caller who knows the present one.</summary>
    public static readonly UserAct ChangePassword = new(Permission.UserCredentialWrite, SessionErrors.SetPasswordUserNotFound);

    /// <summary>Sets the password by a code.</summary>
    public static readonly UserAct SetPasswordByCode = ChangePassword with { NeedsProof = true };

    /// <summary>Sets the password without the present one and without a code.</summary>
    public static readonly UserAct SetPassword = ChangePassword with { BySelf = false, NeedsProof = true };

    /// <summary>Sets one's own password in a session that has proved the present one a short while ago.</summary>
    public static readonly UserAct RenewPassword = ChangePassword with { NeedsPassword = true };

    /// <summary>Adds or removes a second factor or recovery codes.</summary>
    public static readonly UserAct ChangeFactor = new(Permission.UserCredentialWrite, SessionErrors.UserNotFound) { NeedsProof = true };

    /// <summary>Finishes what <see cref="ChangeFactor"/> began at most a few minutes ago.</summary>
    public static readonly UserAct FinishFactor = new(Permission.UserCredentialWrite, SessionErrors.WebAuthnKeyNotFound);

    /// <summary>Adds or removes a passkey.</summary>
    public static readonly UserAct ChangePasskey = new(Permission.UserPasskeyWrite, SessionErrors.UserNotFound) { NeedsProof = true };

    /// <summary>Finishes what <see cref="ChangePasskey"/> began at most a few minutes ago.</summary>
    public static readonly UserAct FinishPasskey = new(Permission.UserPasskeyWrite, SessionErrors.WebAuthnKeyNotFound);

    /// <summary>Makes a code that registers a passkey.</summary>
    public static readonly UserAct MakePasskeyCode = ChangePasskey with { BySelf = false };

    /// <summary>Links the user to an identity at an external provider.</summary>
    public static readonly UserAct AddLink = new(Permission.UserWrite, SessionErrors.LinkUserNotFound)
    {
        BySelf = false,
        NeedsProof = true,
    };

    /// <summary>Links the user to an external identity that a login at the provider has proved.</summary>
    public static readonly UserAct AddProvedLink = AddLink with { BySelf = true };

    /// <summary>Removes such a link.</summary>
    public static readonly UserAct RemoveLink = new(Permission.UserWrite, SessionErrors.LinkNotFound) { NeedsProof = true };

    /// <summary>Adds or removes a service's tokens, keys or secret.</summary>
    public static readonly UserAct Equip = new(Permission.UserWrite, SessionErrors.UserNotFound) { NeedsProof = true };

    /// <summary>Gives roles.</summary>
    public static readonly UserAct Grant = Update;

    /// <summary>Ends sessions.</summary>
    public static readonly UserAct EndSessions = new(Permission.SessionDelete, SessionErrors.UserNotFound);

    /// <summary>Locks the user.</summary>
    public static readonly UserAct Lock = new(Permission.UserWrite, SessionErrors.LockUserNotFound) { NeverBySelf = true };

    /// <summary>Unlocks the user.</summary>
    public static readonly UserAct Unlock = new(Permission.UserWrite, SessionErrors.UnlockUserNotFound) { NeverBySelf = true };

    /// <summary>Deactivates the user.</summary>
    public static readonly UserAct Deactivate = new(Permission.UserWrite, SessionErrors.DeactivateUserNotFound) { NeverBySelf = true };

    /// <summary>Makes the user active again.</summary>
    public static readonly UserAct Reactivate = new(Permission.UserWrite, SessionErrors.ReactivateUserNotFound) { NeverBySelf = true };

    /// <summary>Deletes the user.</summary>
    public static readonly UserAct Delete = new(Permission.UserDelete, SessionErrors.DeleteUserNotFound) { NeedsProof = true };

    /// <summary>Notes that the person did not want to set up a second factor now.</summary>
    public static readonly UserAct SkipMfaInit = new(Permission.UserWrite, SessionErrors.SkipMfaUserNotFound);

    /// <summary>Whether it changes something or shows a secret; other callers then need at least the user's own rights.</summary>
    public bool Changes { get; private init; } = true;

    /// <summary>Whether users may do it to themselves without the permission.</summary>
    public bool BySelf { get; init; } = true;

    /// <summary>Whether nobody may do it to themselves, whatever permission they have.</summary>
    public bool NeverBySelf { get; private init; }

    /// <summary>
    /// Whether it declares without a proof that an address or a number is the user's. Only an owner of the installation may do this to
    /// themselves, because other services identify people by their address.
    /// </summary>
    public bool Vouches { get; init; }

    /// <summary>Whether users who do it to themselves must have proved a factor recently.</summary>
    public bool NeedsProof { get; init; }

    /// <summary>Whether users who do it to themselves must have proved their present password recently, in this session.</summary>
    public bool NeedsPassword { get; private init; }
}
