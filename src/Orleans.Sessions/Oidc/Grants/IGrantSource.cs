using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc.Grants;

/// <summary>
/// Questions to an authorization about what it gave to its application (same grain and key as <see cref="ITokenFamilyGrain"/>).
/// </summary>
[Alias("sessions.IGrantSource")]
internal interface IGrantSource : IGrainWithStringKey
{
    /// <summary>
    /// What the application holds in this user's name; <c>null</c> if it holds nothing any more, or if the authorization belongs to another
    /// user.
    /// </summary>
    [AlwaysInterleave]
    [Alias("DescribeGrant")]
    Task<StandingGrant?> DescribeAsync(string userId);

    /// <summary>Revokes everything if the authorization belongs to this user. Returns whether there was something to revoke.</summary>
    [Alias("RevokeGrant")]
    Task<bool> RevokeForAsync(string userId);
}
