namespace Orleans.Sessions.Tests.EveryMethod.Harness;

/// <summary>The kinds of callers.</summary>
public enum CallerKind
{
    /// <summary>A caller without a token.</summary>
    Nobody,

    /// <summary>The user itself, by a session in which a factor was just proved.</summary>
    Self,

    /// <summary>The user itself, by a session whose last proof is too old for changes of one's own credentials.</summary>
    SelfLongAgo,

    /// <summary>The user itself, by an access token of a login that just happened.</summary>
    SelfByAccessToken,

    /// <summary>The user itself, by an access token of an older login.</summary>
    SelfByAccessTokenLongAgo,

    /// <summary>Another person without any role, by a session.</summary>
    Stranger,

    /// <summary>A service with ORG_USER_MANAGER on org-1.</summary>
    Manager,

    /// <summary>A service with ORG_OWNER on org-1.</summary>
    OrganizationOwner,

    /// <summary>A service with ORG_OWNER on org-2.</summary>
    OwnerElsewhere,

    /// <summary>A service with IAM_USER_MANAGER.</summary>
    InstanceManager,

    /// <summary>A service with IAM_LOGIN_CLIENT.</summary>
    LoginClient,

    /// <summary>A service with IAM_OWNER.</summary>
    InstanceOwner,
}

/// <summary>The kinds of users that calls act upon.</summary>
public enum TargetKind
{
    /// <summary>A person without any role, of org-1.</summary>
    Person,

    /// <summary>A person with ORG_USER_MANAGER on org-1.</summary>
    Manager,

    /// <summary>A person with ORG_OWNER on org-1.</summary>
    OrganizationOwner,

    /// <summary>A person with IAM_OWNER.</summary>
    InstanceOwner,

    /// <summary>A person without any role, of org-2.</summary>
    PersonElsewhere,

    /// <summary>A service without any role, of org-1.</summary>
    Service,

    /// <summary>A service with IAM_LOGIN_CLIENT.</summary>
    LoginClient,

    /// <summary>A service with IAM_OWNER.</summary>
    OwningService,
}

/// <summary>A user that a call acts upon.</summary>
/// <param name="Kind">The kind of user.</param>
/// <param name="Id">The user's id.</param>
/// <param name="OrganizationId">The user's organization.</param>
/// <param name="SessionId">A session of the user.</param>
public sealed record Target(TargetKind Kind, string Id, string OrganizationId, string SessionId);

/// <summary>A caller with its token.</summary>
public sealed record Acting(CallerKind Kind, string? Token, Func<Permission, string?, bool> May)
{
    public bool IsSelf =>
        Kind is CallerKind.Self or CallerKind.SelfLongAgo or CallerKind.SelfByAccessToken or CallerKind.SelfByAccessTokenLongAgo;

    public bool IsProved => Kind is CallerKind.Self or CallerKind.SelfByAccessToken;
}

/// <summary>Which callers have at least the rights of which users.</summary>
public static class Rights
{
    public static bool HasThoseOf(CallerKind caller, TargetKind target) =>
        caller switch
        {
            CallerKind.InstanceOwner => true,
            // Login frontends act for all persons, but only for services that have no more rights than themselves.
            CallerKind.LoginClient => target != TargetKind.OwningService,
            CallerKind.InstanceManager => target
                is TargetKind.Person
                    or TargetKind.PersonElsewhere
                    or TargetKind.Service
                    or TargetKind.Manager,
            CallerKind.OrganizationOwner => target
                is TargetKind.Person
                    or TargetKind.Service
                    or TargetKind.Manager
                    or TargetKind.OrganizationOwner,
            CallerKind.Manager => target is TargetKind.Person or TargetKind.Service or TargetKind.Manager,
            CallerKind.OwnerElsewhere => target is TargetKind.PersonElsewhere,
            _ => false,
        };
}
