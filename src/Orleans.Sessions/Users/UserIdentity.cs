using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>A user's identity, as far as sessions need it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserIdentity")]
internal sealed record UserIdentity
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

    /// <summary>When the password was last changed; an older proof of it no longer counts.</summary>
    [Id(6)]
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>
    /// Increases each time all sessions of the user are ended (lock, deactivate, delete, an administrator's password reset). A session
    /// that was bound to the user in an earlier epoch is dead.
    /// </summary>
    [Id(7)]
    public int SessionEpoch { get; init; }

    /// <summary>Whether the user has a second factor ready, so that one factor alone is not enough for a bearer token.</summary>
    [Id(8)]
    public bool HasSecondFactor { get; init; }

    /// <summary>
    /// From this time the password only permits choosing another one, because it is too old or must be changed; <c>null</c> means never.
    /// </summary>
    [Id(9)]
    public DateTimeOffset? PasswordOutdatedFrom { get; init; }

    /// <summary>The removed credentials except passwords; <c>null</c> means none.</summary>
    [Id(20)]
    public ImmutableArray<Revocation>? Revocations { get; init; }

    /// <summary>What the person's own latest changes gave the sessions that made them; <c>null</c> means nothing.</summary>
    [Id(21)]
    public ImmutableArray<OwnChange>? OwnChanges { get; init; }

    /// <summary>Whether the person has an e-mail address that is not verified.</summary>
    [Id(22)]
    public bool IsEmailUnverified { get; init; }

    /// <summary>
    /// Whether the user has a passkey ready, for whatever relying party; <c>null</c> if an older node did not say.
    /// </summary>
    [Id(23)]
    public bool? HasPasskey { get; init; }

    /// <summary>Whether the user is linked to a person at an external provider; <c>null</c> if an older node did not say.</summary>
    [Id(24)]
    public bool? HasLink { get; init; }
}
