using Orleans.Concurrency;

namespace Orleans.Sessions.Users;

/// <summary>
/// What a session asks of its user: who that is, and whether a credential is right. Implemented by the user's grain
/// (key <see cref="GrainKeys.User"/>); in-cluster clients use <see cref="ISessionGrain"/> instead.
/// <para>
/// Verifying only looks and counts failures. What a right answer uses up or resets (a TOTP step, the failure counters) is
/// done by <see cref="CommitAsync"/>, once all checks of the request are right: a request succeeds or fails as a whole.
/// </para>
/// </summary>
[Alias("sessions.IUserFactors")]
public interface IUserFactors : IGrainWithStringKey
{
    /// <summary>Who the user is now. Fails with <c>QUERY-Dfbg2</c> when there is no such user or it was deleted; any other state is returned as it is.</summary>
    [AlwaysInterleave]
    [Alias("Identify")]
    Task<UserIdentity> IdentifyAsync();

    /// <summary>
    /// Checks a password. Fails as in session-api §3.2 (<c>3n77z</c>, <c>JLK35</c>, <c>3nJ4t</c>, <c>SFA3t</c>, <c>3M0fs</c>) with the failure count
    /// and the tarpit's delay in the exception, or with <c>SESSION-Busy1</c>. A failure is durable before it is answered.
    /// </summary>
    [AlwaysInterleave]
    [Alias("VerifyPassword")]
    Task VerifyPasswordAsync(string password);

    /// <summary>Checks an authenticator code and tells which 30 second step it belongs to. Fails with <c>3Mif9s</c>, <c>SF3fg</c> or <c>8isk2</c>; a used step is refused too, but not counted.</summary>
    [AlwaysInterleave]
    [Alias("VerifyTotp")]
    Task<long> VerifyTotpAsync(string code);

    /// <summary>
    /// Makes right answers count: resets the counters of the proved factors and uses the TOTP step up. Writes only if something
    /// changes. Fails with <c>8isk2</c> when the step was used meanwhile: of parallel uses one wins.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Commit")]
    Task CommitAsync(ProvenFactors proven);

    /// <summary>Whether the user is linked to this person at an external identity provider.</summary>
    [AlwaysInterleave]
    [Alias("HasLink")]
    Task<bool> HasLinkAsync(string providerId, string externalId);

    /// <summary>
    /// Links the user because the provider vouches for who it is. Does so only for an active person without administrator roles, who has
    /// <paramref name="verifiedEmail"/> verified (<c>null</c>: whatever the address), and when nobody else has the link. Returns whether it did.
    /// </summary>
    [AlwaysInterleave]
    [Alias("TryLink")]
    Task<bool> TryLinkAsync(IdentityLink link, string? verifiedEmail);

    /// <summary>Finishes ending the user's sessions where a node died before it was done; the sweeper calls it.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("ResumeEndingSessions")]
    Task ResumeEndingSessionsAsync();
}

/// <summary>Who a user is, as far as a session cares.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserIdentity")]
public sealed record UserIdentity
{
    /// <summary>The user's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The user's state.</summary>
    [Id(1)]
    public required UserState State { get; init; }

    /// <summary>Person or service.</summary>
    [Id(2)]
    public required UserKind Kind { get; init; }

    /// <summary>The organization.</summary>
    [Id(3)]
    public required string OrganizationId { get; init; }

    /// <summary>The preferred login name.</summary>
    [Id(4)]
    public required string LoginName { get; init; }

    /// <summary>The display name; empty for machines.</summary>
    [Id(5)]
    public string DisplayName { get; init; } = "";

    /// <summary>When the password was last changed; an older proof of it does not count any more.</summary>
    [Id(6)]
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>
    /// Goes up each time all sessions of the user are ended (lock, deactivate, delete, an administrator's password reset). A session
    /// that was bound to the user in an earlier epoch is dead.
    /// </summary>
    [Id(7)]
    public int SessionEpoch { get; init; }

    /// <summary>Whether the user has a second factor ready, so that one factor alone is not enough for a bearer token.</summary>
    [Id(8)]
    public bool HasSecondFactor { get; init; }
}

/// <summary>What one request has proved.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ProvenFactors")]
public sealed record ProvenFactors
{
    /// <summary>Nothing was proved.</summary>
    public static readonly ProvenFactors None = new();

    /// <summary>The password was right.</summary>
    [Id(0)]
    public bool Password { get; init; }

    /// <summary>The step of the right authenticator code.</summary>
    [Id(1)]
    public long? TotpStep { get; init; }
}
