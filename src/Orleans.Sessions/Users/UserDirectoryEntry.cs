using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Users;

/// <summary>
/// The part of a stored user that the database copies into its search columns, in the transaction that writes the user. Keys are
/// the folded texts (<see cref="TextKey"/>), made here so that every database folds alike. Names are removed once the user is deleted.
/// </summary>
internal sealed record UserDirectoryEntry
{
    /// <summary>The number of the state.</summary>
    public UserState State { get; init; }

    /// <summary>The number of the kind.</summary>
    public UserKind Kind { get; init; }

    /// <summary>The organization.</summary>
    public string OrganizationId { get; init; } = "";

    /// <summary>The login name.</summary>
    public string? LoginName { get; init; }

    /// <summary>The key of the login name, unique among users.</summary>
    public string? LoginNameKey { get; init; }

    /// <summary>The user name.</summary>
    public string? UserName { get; init; }

    /// <summary>Its folded form.</summary>
    public string? UserNameKey => Key(UserName);

    /// <summary>The given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>Its folded form.</summary>
    public string? GivenNameKey => Key(GivenName);

    /// <summary>The family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>Its folded form.</summary>
    public string? FamilyNameKey => Key(FamilyName);

    /// <summary>The nick name.</summary>
    public string? NickName { get; init; }

    /// <summary>Its folded form.</summary>
    public string? NickNameKey => Key(NickName);

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its folded form.</summary>
    public string? DisplayNameKey => Key(DisplayName);

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Its folded form.</summary>
    public string? EmailKey => Key(Email);

    /// <summary>The phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>When the user was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the password was last changed.</summary>
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>Sessions of earlier epochs are dead.</summary>
    public int SessionEpoch { get; init; }

    /// <summary>Whether sessions of earlier epochs may still be alive.</summary>
    public bool EndingSessions { get; init; }

    /// <summary>The entry of <paramref name="user"/>.</summary>
    public static UserDirectoryEntry Of(UserRecord user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new UserDirectoryEntry
        {
            State = user.State,
            Kind = user.Kind,
            OrganizationId = user.OrganizationId,
            LoginName = user.UserName,
            LoginNameKey = user.UserNameKey ?? Key(user.UserName),
            UserName = user.UserName,
            GivenName = user.Profile?.GivenName,
            FamilyName = user.Profile?.FamilyName,
            NickName = user.Profile?.NickName,
            DisplayName = user.Profile?.DisplayName,
            Email = user.Email?.Address,
            Phone = user.Phone?.Number,
            CreatedAt = user.CreatedAt,
            PasswordChangedAt = user.Password?.ChangedAt,
            SessionEpoch = user.SessionEpoch,
            EndingSessions = user.EndingSessions is not null,
        };
    }

    private static string? Key(string? text) => text is null ? null : TextKey.Of(text);
}
