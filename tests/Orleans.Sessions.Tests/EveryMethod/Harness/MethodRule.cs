namespace Orleans.Sessions.Tests.EveryMethod.Harness;

/// <summary>What users may do to themselves.</summary>
public enum BySelf
{
    /// <summary>They may call the method with their token alone.</summary>
    Yes,

    /// <summary>They may call the method after a recent proof of a factor.</summary>
    Proved,

    /// <summary>They need the permission, and a recent proof of a factor.</summary>
    PermittedAndProved,

    /// <summary>They need the permission.</summary>
    Permitted,

    /// <summary>They may never call the method for themselves.</summary>
    Never,
}

/// <summary>The rule that says which callers may call a method.</summary>
public abstract record MethodRule
{
    /// <summary>Every caller with a token. Answers contain only what the caller may see.</summary>
    public static MethodRule Anybody { get; } = new ForAnybody();

    /// <summary>Everybody, also without a token.</summary>
    public static MethodRule Everybody { get; } = new ForEverybody();

    /// <summary>Needs a permission on the instance.</summary>
    public static MethodRule OnInstance(Permission permission) => new ForInstance(permission);

    /// <summary>Needs a permission on the organization org-1, or on the instance.</summary>
    public static MethodRule OnOrganization(Permission permission) => new ForOrganization(permission);

    /// <summary>
    /// Reads data of the user <c>{user}</c> (or the session <c>{session}</c>) that are not secret. Allowed for that user, or with a
    /// permission on the user's organization.
    /// </summary>
    public static MethodRule Read(Permission permission) => new ForUser(permission, BySelf.Yes, NeedsTheUsersRights: false);

    /// <summary>
    /// Changes data of the user <c>{user}</c>, or returns a secret. Other callers need a permission on the organization and at least the
    /// user's own rights.
    /// </summary>
    public static MethodRule Change(Permission permission, BySelf bySelf = BySelf.Proved) =>
        new ForUser(permission, bySelf, NeedsTheUsersRights: true);

    /// <summary>Needs a permission on the organization of <c>{user}</c> that only instance owners and login frontends have.</summary>
    public static MethodRule Frontend(Permission permission) => new ForUser(permission, BySelf.Permitted, NeedsTheUsersRights: false);

    /// <summary>
    /// Gives the user <c>{user}</c> roles on an organization (<c>null</c>: on the instance). The caller must be allowed to do that there,
    /// and to change the user.
    /// </summary>
    public static MethodRule Grant(string? organizationId) => new ForGrant(organizationId);

    /// <summary>The method is not offered: every caller with a token gets UNIMPLEMENTED.</summary>
    public static MethodRule NotOffered { get; } = new ForNobody();

    /// <summary>
    /// The right does not depend on the caller alone, so other tests check it. This test only checks that the method needs a token.
    /// </summary>
    /// <param name="how">What the right depends on, and which test checks it.</param>
    public static MethodRule Elsewhere(string how) => new TestedElsewhere(how);

    /// <summary>Whether the method acts upon a user, so that it is tested with users of each kind.</summary>
    public virtual bool HasTarget => false;

    /// <summary>Whether <paramref name="caller"/> may call the method; <c>null</c> if the combination is not tested.</summary>
    public abstract bool? Allows(Acting caller, Target target);

    private sealed record ForAnybody : MethodRule
    {
        public override bool? Allows(Acting caller, Target target) => caller.Kind != CallerKind.Nobody;
    }

    private sealed record ForEverybody : MethodRule
    {
        public override bool? Allows(Acting caller, Target target) => true;
    }

    private sealed record ForNobody : MethodRule
    {
        public override bool? Allows(Acting caller, Target target) => caller.Kind != CallerKind.Nobody;
    }

    private sealed record TestedElsewhere(string How) : MethodRule
    {
        public override bool? Allows(Acting caller, Target target) => caller.Kind == CallerKind.Nobody ? false : null;
    }

    private sealed record ForInstance(Permission Permission) : MethodRule
    {
        public override bool? Allows(Acting caller, Target target) => caller.May(Permission, null);
    }

    private sealed record ForOrganization(Permission Permission) : MethodRule
    {
        public override bool? Allows(Acting caller, Target target) => caller.May(Permission, SessionCluster.OrganizationId);
    }

    private sealed record ForGrant(string? OrganizationId) : MethodRule
    {
        public override bool HasTarget => true;

        public override bool? Allows(Acting caller, Target target) =>
            caller.May(Permission.MemberWrite, OrganizationId)
            && (caller.IsSelf || (caller.May(Permission.UserWrite, target.OrganizationId) && Rights.HasThoseOf(caller.Kind, target.Kind)));
    }

    private sealed record ForUser(Permission Permission, BySelf BySelf, bool NeedsTheUsersRights) : MethodRule
    {
        public override bool HasTarget => true;

        public override bool? Allows(Acting caller, Target target)
        {
            var isPermitted = caller.May(Permission, target.OrganizationId);
            return caller.IsSelf
                ? BySelf switch
                {
                    BySelf.Yes => true,
                    BySelf.Proved => caller.IsProved,
                    BySelf.PermittedAndProved => isPermitted && caller.IsProved,
                    BySelf.Permitted => isPermitted,
                    _ => false,
                }
                : isPermitted && (!NeedsTheUsersRights || Rights.HasThoseOf(caller.Kind, target.Kind));
        }
    }
}
