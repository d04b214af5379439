using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>Who is asking, and what that caller may do. The gateway builds it from a bearer token; grains decide by it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.Caller")]
public sealed record Caller
{
    /// <summary>A trusted client inside the cluster: everything is permitted and sessions it creates belong to nobody.</summary>
    public static readonly Caller InCluster = new() { UserId = "", InstancePermissions = (Permission)~0 };

    /// <summary>The calling user, human or machine.</summary>
    [Id(0)]
    public required string UserId { get; init; }

    /// <summary>The organization the calling user belongs to.</summary>
    [Id(1)]
    public string OrganizationId { get; init; } = "";

    /// <summary>What the caller may do everywhere.</summary>
    [Id(2)]
    public Permission InstancePermissions { get; init; }

    /// <summary>What the caller may additionally do to users, and sessions of users, of single organizations.</summary>
    [Id(3)]
    public ImmutableArray<OrganizationPermissions> OrganizationPermissions { get; init; } = [];

    /// <summary>
    /// The fingerprint id of the session behind the caller's access token, if there is one: it lets a browser see
    /// the sessions made in it.
    /// </summary>
    [Id(4)]
    public string? AgentId { get; init; }

    /// <summary>
    /// When the caller last proved a factor, as far as its token tells; <c>null</c>: the token tells nothing of it, such as a personal access token.
    /// People need a recent proof for changes of their own credentials.
    /// </summary>
    [Id(5)]
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>The session behind the caller's token; <c>null</c>: there is none.</summary>
    [Id(6)]
    public string? SessionId { get; init; }

    /// <summary>The OAuth client behind the caller's access token; <c>null</c>: there is none, as with session tokens, personal access tokens and others' tokens.</summary>
    [Id(7)]
    public string? ClientId { get; init; }

    /// <summary>Person or service, where it is known.</summary>
    [Id(8)]
    public UserKind Kind { get; init; }

    /// <summary>
    /// Whether this is a login frontend (role <c>IAM_LOGIN_CLIENT</c>), which acts for the people who log in through it: <c>session.write</c> and
    /// <c>session.link</c> on the instance.
    /// </summary>
    public bool IsLoginFrontend => InstancePermissions.HasFlag(Permission.SessionWrite | Permission.SessionLink);

    /// <summary>Whether the caller may do <paramref name="permission"/> to something of <paramref name="organizationId"/> (<c>null</c>: of the instance itself).</summary>
    public bool May(Permission permission, string? organizationId = null)
    {
        if (InstancePermissions.HasFlag(permission))
        {
            return true;
        }

        foreach (var granted in OrganizationPermissions)
        {
            if (granted.OrganizationId == organizationId && granted.Permissions.HasFlag(permission))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Fails with <c>AUTH-AWfge</c> unless <see cref="May"/>.</summary>
    public void Require(Permission permission, string? organizationId = null)
    {
        if (!May(permission, organizationId))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }
    }
}

/// <summary>What a caller may do to things of one organization.</summary>
[GenerateSerializer, Immutable, Alias("sessions.OrganizationPermissions")]
public sealed record OrganizationPermissions(
    [property: Id(0)] string OrganizationId,
    [property: Id(1)] Permission Permissions);
