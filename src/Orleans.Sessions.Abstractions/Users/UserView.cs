using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A user as clients see it. Exactly one of <see cref="Human"/> and <see cref="Machine"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserView")]
public sealed record UserView
{
    /// <summary>The user's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The state of the user's record.</summary>
    [Id(1)]
    public required UserDetails Details { get; init; }

    /// <summary>The state.</summary>
    [Id(2)]
    public required UserState State { get; init; }

    /// <summary>The user name; it is also the only login name.</summary>
    [Id(3)]
    public required string UserName { get; init; }

    /// <summary>The data of a person.</summary>
    [Id(4)]
    public HumanView? Human { get; init; }

    /// <summary>The data of a service.</summary>
    [Id(5)]
    public MachineProfile? Machine { get; init; }

    /// <summary>The administrators' own data.</summary>
    [Id(6)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } =
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty;
}

/// <summary>The data of a person that clients see.</summary>
[GenerateSerializer, Immutable, Alias("sessions.HumanView")]
public sealed record HumanView
{
    /// <summary>Names and language.</summary>
    [Id(0)]
    public required UserProfile Profile { get; init; }

    /// <summary>The e-mail address.</summary>
    [Id(1)]
    public required EmailAddress Email { get; init; }

    /// <summary>The phone number, if any.</summary>
    [Id(2)]
    public PhoneNumber? Phone { get; init; }

    /// <summary>Whether the person must choose another password after the next login.</summary>
    [Id(3)]
    public bool PasswordChangeRequired { get; init; }

    /// <summary>When the password was last changed; <c>null</c> if the person has no password.</summary>
    [Id(4)]
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>When the person last declined to set up a second factor; <c>null</c> if they never did.</summary>
    [Id(5)]
    public DateTimeOffset? MfaInitSkippedAt { get; init; }
}

/// <summary>The state of a user's record.</summary>
/// <param name="Sequence">The number of changes of the record, starting at 1. A login is not a change.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="OrganizationId">The organization it belongs to.</param>
/// <param name="CreationDate">When it was created.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserDetails")]
public sealed record UserDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] string OrganizationId,
    [property: Id(3)] DateTimeOffset CreationDate
);

/// <summary>A person's names and language.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserProfile")]
public sealed record UserProfile
{
    /// <summary>The given name, 1 to 200 characters.</summary>
    [Id(0)]
    public required string GivenName { get; init; }

    /// <summary>The family name, 1 to 200 characters.</summary>
    [Id(1)]
    public required string FamilyName { get; init; }

    /// <summary>The nick name.</summary>
    [Id(2)]
    public string NickName { get; init; } = "";

    /// <summary>The display name. If it is empty in a command that creates a user, it becomes the given name and the family name.</summary>
    [Id(3)]
    public string DisplayName { get; init; } = "";

    /// <summary>The preferred language, BCP 47.</summary>
    [Id(4)]
    public string PreferredLanguage { get; init; } = "und";

    /// <summary>The gender.</summary>
    [Id(5)]
    public Gender Gender { get; init; }
}

/// <summary>A gender. The numbers are those of <c>zitadel.user.v2.Gender</c>.</summary>
public enum Gender
{
    /// <summary>Not specified.</summary>
    Unspecified = 0,

    /// <summary>Female.</summary>
    Female = 1,

    /// <summary>Male.</summary>
    Male = 2,

    /// <summary>Diverse.</summary>
    Diverse = 3,
}

/// <summary>An e-mail address and whether it is known to belong to the user.</summary>
[GenerateSerializer, Immutable, Alias("sessions.EmailAddress")]
public sealed record EmailAddress([property: Id(0)] string Address, [property: Id(1)] bool IsVerified = false);

/// <summary>
/// A phone number (E.164), and whether it is known to belong to the user. In commands, it may contain spaces, parentheses and dashes. It
/// must begin with <c>+</c> and the country code.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.PhoneNumber")]
public sealed record PhoneNumber([property: Id(0)] string Number, [property: Id(1)] bool IsVerified = false);

/// <summary>The name and the description of a service.</summary>
[GenerateSerializer, Immutable, Alias("sessions.MachineProfile")]
public sealed record MachineProfile([property: Id(0)] string Name, [property: Id(1)] string Description = "");

/// <summary>A personal access token or a key of a service, without its secret.</summary>
/// <param name="Id">The id.</param>
/// <param name="UserId">The user to whom it belongs.</param>
/// <param name="OrganizationId">The user's organization.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="ExpiresAt">When it expires; <c>null</c> if it never expires.</param>
[GenerateSerializer, Immutable, Alias("sessions.MachineCredential")]
public sealed record MachineCredential(
    [property: Id(0)] string Id,
    [property: Id(1)] string UserId,
    [property: Id(2)] string OrganizationId,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? ExpiresAt
);

/// <summary>New recovery codes.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Codes">The codes in plain text: 24 characters in four groups with hyphens.</param>
[GenerateSerializer, Immutable, Alias("sessions.NewRecoveryCodes")]
public sealed record NewRecoveryCodes([property: Id(0)] UserDetails Details, [property: Id(1)] ImmutableArray<string> Codes);

/// <summary>The ways in which a user can log in. The numbers are those of <c>zitadel.user.v2.AuthenticationMethodType</c>.</summary>
public enum AuthenticationMethod
{
    /// <summary>Not specified.</summary>
    Unspecified = 0,

    /// <summary>A password is set.</summary>
    Password = 1,

    /// <summary>A passkey is registered.</summary>
    Passkey = 2,

    /// <summary>The user is linked to an external identity provider.</summary>
    IdentityProvider = 3,

    /// <summary>An authenticator app is set up and verified.</summary>
    Totp = 4,

    /// <summary>A security key is registered.</summary>
    U2F = 5,

    /// <summary>Codes by SMS are set up, and the phone number is verified.</summary>
    OtpSms = 6,

    /// <summary>Codes by e-mail are set up, and the address is verified.</summary>
    OtpEmail = 7,

    /// <summary>The user has recovery codes left.</summary>
    RecoveryCode = 8,
}
