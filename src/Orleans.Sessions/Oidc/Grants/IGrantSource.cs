using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc.Grants;

/// <summary>What is asked of an authorization about what it gave to its application (same grain and key as <see cref="ITokenFamilyGrain"/>).</summary>
[Alias("sessions.IGrantSource")]
public interface IGrantSource : IGrainWithStringKey
{
    /// <summary>What the application holds in this user's name; <c>null</c>: nothing any more, or the authorization is somebody else's.</summary>
    [AlwaysInterleave]
    [Alias("DescribeGrant")]
    Task<StandingGrant?> DescribeAsync(string userId);

    /// <summary>Revokes everything if it is in this user's name. Returns whether there was something to revoke.</summary>
    [Alias("RevokeGrant")]
    Task<bool> RevokeForAsync(string userId);
}

/// <summary>A grant as its authorization knows it.</summary>
/// <param name="Grant">The grant, without the client's name.</param>
/// <param name="ClientRegisteredAt">When its client was registered.</param>
[GenerateSerializer, Immutable, Alias("sessions.StandingGrant")]
public sealed record StandingGrant([property: Id(0)] UserGrant Grant, [property: Id(1)] DateTimeOffset? ClientRegisteredAt);
