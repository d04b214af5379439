using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The caller and its permissions. The gateway builds it from a bearer token; grains decide by it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.Caller")]
public sealed record Caller
{
    /// <summary>A trusted client inside the cluster. It may do everything, and the sessions that it creates have no owner.</summary>
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

    /// <summary>What the caller may additionally do to the users, and the sessions of users, of single organizations.</summary>
    [Id(3)]
    public ImmutableArray<OrganizationPermissions> OrganizationPermissions { get; init; } = [];

    /// <summary>
    /// The fingerprint id of the session behind the caller's access token, if it has one. It lets a browser see the sessions that were
    /// created in it.
    /// </summary>
    [Id(4)]
    public string? AgentId { get; init; }

    /// <summary>
    /// When the caller last proved a factor, according to its token. <c>null</c> if the token says nothing about it, as with a personal
    /// access token. A person needs a recent proof to change their own credentials.
    /// </summary>
    [Id(5)]
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>The session behind the caller's token; <c>null</c> if the token belongs to no session.</summary>
    [Id(6)]
    public string? SessionId { get; init; }

    /// <summary>
    /// The OAuth client behind the caller's access token. <c>null</c> if the token belongs to no client: session tokens, personal access
    /// tokens, and tokens of other issuers.
    /// </summary>
    [Id(7)]
    public string? ClientId { get; init; }

    /// <summary>Whether the caller is a person or a service, if known.</summary>
    [Id(8)]
    public UserKind Kind { get; init; }

    /// <summary>
    /// When the caller's session proved the caller's present password. <c>null</c> if it did not, or if the caller came with anything else
    /// than a session token.
    /// </summary>
    [Id(30)]
    public DateTimeOffset? PasswordProvedAt { get; init; }

    /// <summary>
    /// Whether the caller is a login frontend (role <c>IAM_LOGIN_CLIENT</c>), which acts for the people who log in through it. It has
    /// <c>session.write</c> and <c>session.link</c> on the instance.
    /// </summary>
    public bool IsLoginFrontend => InstancePermissions.HasFlag(Permission.SessionWrite | Permission.SessionLink);

    /// <summary>
    /// Whether the caller has <paramref name="permission"/> on <paramref name="organizationId"/>. <c>null</c> stands for the instance
    /// itself.
    /// </summary>
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
