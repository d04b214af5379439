using Orleans.Sessions.Storage;

namespace Orleans.Sessions.States;

/// <summary>
/// The columns by which users are found. Keys are folded texts (<see cref="TextKey"/>), so that every database folds alike. The names of a
/// deleted user are removed.
/// </summary>
public sealed record UserColumns : StateColumns
{
    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The state.</summary>
    public UserState State { get; init; }

    /// <summary>Person or service.</summary>
    public UserKind Kind { get; init; }

    /// <summary>The organization.</summary>
    public string OrganizationId { get; init; } = "";

    /// <summary>The login name.</summary>
    public string? LoginName { get; init; }

    /// <summary>The key of the login name, unique among users.</summary>
    public string? LoginNameKey { get; init; }

    /// <summary>The user name.</summary>
    public string? UserName { get; init; }

    /// <summary>The given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>The nick name.</summary>
    public string? NickName { get; init; }

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the e-mail address is verified.</summary>
    public bool IsEmailVerified { get; init; }

    /// <summary>The phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>When the user was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the password was last changed.</summary>
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>Sessions of earlier epochs are dead.</summary>
    public int SessionEpoch { get; init; }

    /// <summary>When the epoch changed; <c>null</c> if it never did.</summary>
    public DateTimeOffset? EpochChangedAt { get; init; }

    /// <summary>Whether sessions of earlier epochs may still be alive.</summary>
    public bool EndingSessions { get; init; }
}
