namespace Orleans.Sessions.Tests.EveryMethod;

/// <summary>Who calls.</summary>
public enum CallerKind
{
    /// <summary>Nobody: there is no token.</summary>
    Nobody,

    /// <summary>The user itself, by a session in which a factor was proved just now.</summary>
    Self,

    /// <summary>The user itself, by a session in which a factor was proved longer ago than changes of one's own credentials want.</summary>
    SelfLongAgo,

    /// <summary>The user itself, by an access token of a login just now.</summary>
    SelfByAccessToken,

    /// <summary>The user itself, by an access token of a login longer ago.</summary>
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

/// <summary>Upon whom.</summary>
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

/// <summary>A user that is acted upon.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">Its organization.</param>
/// <param name="SessionId">A session of it.</param>
public sealed record Target(TargetKind Kind, string Id, string OrganizationId, string SessionId);

/// <summary>A caller with its token.</summary>
public sealed record Acting(CallerKind Kind, string? Token, Func<Permission, string?, bool> May)
{
    public bool IsSelf => Kind is CallerKind.Self or CallerKind.SelfLongAgo or CallerKind.SelfByAccessToken or CallerKind.SelfByAccessTokenLongAgo;

    public bool IsProved => Kind is CallerKind.Self or CallerKind.SelfByAccessToken;
}

/// <summary>Who has at least whose rights.</summary>
public static class Rights
{
    public static bool HasThoseOf(CallerKind caller, TargetKind target) => caller switch
    {
        CallerKind.InstanceOwner => true,
        // Login frontends act for people, whoever these are; of services only for those that can do no more.
        CallerKind.LoginClient => target != TargetKind.OwningService,
        CallerKind.InstanceManager => target is TargetKind.Person or TargetKind.PersonElsewhere or TargetKind.Service or TargetKind.Manager,
        CallerKind.OrganizationOwner => target is TargetKind.Person or TargetKind.Service or TargetKind.Manager or TargetKind.OrganizationOwner,
        CallerKind.Manager => target is TargetKind.Person or TargetKind.Service or TargetKind.Manager,
        CallerKind.OwnerElsewhere => target is TargetKind.PersonElsewhere,
        _ => false,
    };
}
