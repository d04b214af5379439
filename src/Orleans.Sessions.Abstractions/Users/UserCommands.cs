using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A new user: exactly one of <see cref="Human"/> and <see cref="Machine"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("sessions.CreateUser")]
public sealed record CreateUser
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The organization; <c>null</c>: the installation's own.</summary>
    [Id(1)]
    public string? OrganizationId { get; init; }

    /// <summary>The user name, unique in any case; <c>null</c>: a person's e-mail address, a service's id.</summary>
    [Id(2)]
    public string? UserName { get; init; }

    /// <summary>The person.</summary>
    [Id(3)]
    public NewHuman? Human { get; init; }

    /// <summary>The service.</summary>
    [Id(4)]
    public MachineProfile? Machine { get; init; }

    /// <summary>
    /// Any text that names this request: a repetition whose first answer was lost is answered again instead of failing with
    /// <c>COMMAND-7yiox1isql</c>.
    /// </summary>
    [Id(5)]
    public string? RequestId { get; init; }

    /// <summary>The administrators' own data; at most 100 keys and 64 KiB in all.</summary>
    [Id(6)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } = ImmutableDictionary<string, ImmutableArray<byte>>.Empty;
}

/// <summary>A new person.</summary>
[GenerateSerializer, Immutable, Alias("sessions.NewHuman")]
public sealed record NewHuman
{
    /// <summary>Names and language.</summary>
    [Id(0)]
    public required UserProfile Profile { get; init; }

    /// <summary>The e-mail address.</summary>
    [Id(1)]
    public required EmailAddress Email { get; init; }

    /// <summary>The phone number.</summary>
    [Id(2)]
    public PhoneNumber? Phone { get; init; }

    /// <summary>The first password.</summary>
    [Id(3)]
    public NewPassword? Password { get; init; }

    /// <summary>The secret of an authenticator app that is set up already, base32.</summary>
    [Id(4)]
    public string? TotpSecret { get; init; }

    /// <summary>Proves the e-mail address with a code, unless it is declared verified; <c>null</c>: no code is made.</summary>
    [Id(5)]
    public CodeRequest? EmailCode { get; init; }

    /// <summary>Proves the phone number with a code, unless it is declared verified; <c>null</c>: no code is made.</summary>
    [Id(6)]
    public CodeRequest? PhoneCode { get; init; }

    /// <summary>The persons at external identity providers that the new user is; at most 20.</summary>
    [Id(30)]
    public ImmutableArray<IdentityLink> Links { get; init; } = [];

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Profile = ").Append(Profile).Append(", Email = ").Append(Email).Append(", Phone = ").Append(Phone)
            .Append(", Password = ").Append(Password);
        return true;
    }
}

/// <summary>A password as typed, or a hash of one that another system made: exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("sessions.NewPassword")]
public sealed record NewPassword
{
    /// <summary>The password; the complexity rules apply.</summary>
    [Id(0)]
    public string? Password { get; init; }

    /// <summary>The encoded hash.</summary>
    [Id(1)]
    public string? Hash { get; init; }

    /// <summary>Whether the person is to choose another one after the next login.</summary>
    [Id(2)]
    public bool ChangeRequired { get; init; }

    // Records print their members; a password must not end up in a log that way.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("ChangeRequired = ").Append(ChangeRequired);
        return true;
    }
}

/// <summary>A password change: with the current password it is the user's own, without it an administrator's reset.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PasswordChange")]
public sealed record PasswordChange
{
    /// <summary>The new password.</summary>
    [Id(0)]
    public required NewPassword New { get; init; }

    /// <summary>The current password.</summary>
    [Id(1)]
    public string? Current { get; init; }

    /// <summary>A code that was sent to the user.</summary>
    [Id(2)]
    public string? VerificationCode { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("New = ").Append(New);
        return true;
    }
}

/// <summary>Changes of a user; <c>null</c>: unchanged. All of it happens or nothing.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UpdateUser")]
public sealed record UpdateUser
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The user name.</summary>
    [Id(1)]
    public string? UserName { get; init; }

    /// <summary>Names and language.</summary>
    [Id(2)]
    public ProfileChange? Profile { get; init; }

    /// <summary>The e-mail address.</summary>
    [Id(3)]
    public EmailAddress? Email { get; init; }

    /// <summary>The phone number.</summary>
    [Id(4)]
    public PhoneNumber? Phone { get; init; }

    /// <summary>The password.</summary>
    [Id(5)]
    public PasswordChange? Password { get; init; }

    /// <summary>A service's name.</summary>
    [Id(6)]
    public string? MachineName { get; init; }

    /// <summary>A service's description.</summary>
    [Id(7)]
    public string? MachineDescription { get; init; }

    /// <summary>Proves a new e-mail address with a code, unless it is declared verified; <c>null</c>: no code is made.</summary>
    [Id(8)]
    public CodeRequest? EmailCode { get; init; }

    /// <summary>Proves a new phone number with a code, unless it is declared verified; <c>null</c>: no code is made.</summary>
    [Id(9)]
    public CodeRequest? PhoneCode { get; init; }

    /// <summary>As in the methods of <see cref="IUserGrain"/> that change a way into the account.</summary>
    [Id(10)]
    public bool? EndOtherSessions { get; init; }
}

/// <summary>What creating or changing a user came to.</summary>
/// <param name="Details">Where the user's record stands.</param>
/// <param name="EmailCode">The code for the e-mail address, if it was to be returned.</param>
/// <param name="PhoneCode">The code for the phone number, if it was to be returned.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserChange")]
public sealed record UserChange(
    [property: Id(0)] UserDetails Details,
    [property: Id(1)] string? EmailCode = null,
    [property: Id(2)] string? PhoneCode = null)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}

/// <summary>Changes of a person's names and language; <c>null</c>: unchanged.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ProfileChange")]
public sealed record ProfileChange
{
    /// <summary>The given name.</summary>
    [Id(0)]
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    [Id(1)]
    public string? FamilyName { get; init; }

    /// <summary>The nick name; empty removes it.</summary>
    [Id(2)]
    public string? NickName { get; init; }

    /// <summary>The display name.</summary>
    [Id(3)]
    public string? DisplayName { get; init; }

    /// <summary>The preferred language.</summary>
    [Id(4)]
    public string? PreferredLanguage { get; init; }

    /// <summary>The gender.</summary>
    [Id(5)]
    public Gender? Gender { get; init; }
}

/// <summary>An authenticator app that was begun to be set up; it counts once a code of it was verified.</summary>
/// <param name="Details">Where the user's record stands.</param>
/// <param name="Uri">What the QR code shows.</param>
/// <param name="Secret">The secret for typing, base32.</param>
[GenerateSerializer, Immutable, Alias("sessions.TotpEnrolment")]
public sealed record TotpEnrolment(
    [property: Id(0)] UserDetails Details,
    [property: Id(1)] string Uri,
    [property: Id(2)] string Secret)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}
