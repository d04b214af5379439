using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The command that creates a user. Exactly one of <see cref="Human"/> and <see cref="Machine"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("sessions.CreateUser")]
public sealed record CreateUser
{
    /// <summary>The caller.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The organization; <c>null</c> uses the default organization.</summary>
    [Id(1)]
    public string? OrganizationId { get; init; }

    /// <summary>The user name, unique ignoring case. <c>null</c> uses the e-mail address of a person, or the id of a service.</summary>
    [Id(2)]
    public string? UserName { get; init; }

    /// <summary>The person.</summary>
    [Id(3)]
    public NewHuman? Human { get; init; }

    /// <summary>The service.</summary>
    [Id(4)]
    public MachineProfile? Machine { get; init; }

    /// <summary>
    /// Any text that identifies this request. If the first answer was lost, a repeated request with the same text gets the answer again
    /// instead of the error <c>COMMAND-7yiox1isql</c>.
    /// </summary>
    [Id(5)]
    public string? RequestId { get; init; }

    /// <summary>The administrators' own data, at most 100 keys and 64 KiB in all.</summary>
    [Id(6)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } =
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty;
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

    /// <summary>The secret of an authenticator app that the person already uses, base32.</summary>
    [Id(4)]
    public string? TotpSecret { get; init; }

    /// <summary>Verifies the e-mail address with a code, unless it is declared verified. <c>null</c> creates no code.</summary>
    [Id(5)]
    public CodeRequest? EmailCode { get; init; }

    /// <summary>Verifies the phone number with a code, unless it is declared verified. <c>null</c> creates no code.</summary>
    [Id(6)]
    public CodeRequest? PhoneCode { get; init; }

    /// <summary>The identities at external providers that belong to the new user, at most 20.</summary>
    [Id(30)]
    public ImmutableArray<IdentityLink> Links { get; init; } = [];

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder
            .Append("Profile = ")
            .Append(Profile)
            .Append(", Email = ")
            .Append(Email)
            .Append(", Phone = ")
            .Append(Phone)
            .Append(", Password = ")
            .Append(Password);
        return true;
    }
}

/// <summary>A password as typed, or the hash of a password from another system. Exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("sessions.NewPassword")]
public sealed record NewPassword
{
    /// <summary>The password; the complexity rules apply.</summary>
    [Id(0)]
    public string? Password { get; init; }

    /// <summary>The encoded hash.</summary>
    [Id(1)]
    public string? Hash { get; init; }

    /// <summary>Whether the person must choose another password after the next login.</summary>
    [Id(2)]
    public bool ChangeRequired { get; init; }

    // Records print their members. This keeps the password out of logs.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("ChangeRequired = ").Append(ChangeRequired);
        return true;
    }
}

/// <summary>A password change. With the current password it is the user's own change; without it, an administrator's reset.</summary>
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

/// <summary>The command that changes a user. A value that is <c>null</c> stays unchanged. Either all changes happen or none.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UpdateUser")]
public sealed record UpdateUser
{
    /// <summary>The caller.</summary>
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

    /// <summary>The name of a service.</summary>
    [Id(6)]
    public string? MachineName { get; init; }

    /// <summary>The description of a service.</summary>
    [Id(7)]
    public string? MachineDescription { get; init; }

    /// <summary>Verifies a new e-mail address with a code, unless it is declared verified. <c>null</c> creates no code.</summary>
    [Id(8)]
    public CodeRequest? EmailCode { get; init; }

    /// <summary>Verifies a new phone number with a code, unless it is declared verified. <c>null</c> creates no code.</summary>
    [Id(9)]
    public CodeRequest? PhoneCode { get; init; }

    /// <summary>Whether other sessions end, as in the methods of <see cref="IUserGrain"/> that change a credential or address.</summary>
    [Id(10)]
    public bool? EndOtherSessions { get; init; }
}

/// <summary>The result of creating or changing a user.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="EmailCode">The code for the e-mail address, if the caller asked to get it.</param>
/// <param name="PhoneCode">The code for the phone number, if the caller asked to get it.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserChange")]
public sealed record UserChange(
    [property: Id(0)] UserDetails Details,
    [property: Id(1)] string? EmailCode = null,
    [property: Id(2)] string? PhoneCode = null
)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}

/// <summary>Changes of a person's names and language. A value that is <c>null</c> stays unchanged.</summary>
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

/// <summary>An authenticator app whose setup has begun. It becomes a factor after a code of the app was verified.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Uri">The content of the QR code.</param>
/// <param name="Secret">The secret for typing, base32.</param>
[GenerateSerializer, Immutable, Alias("sessions.TotpEnrolment")]
public sealed record TotpEnrolment([property: Id(0)] UserDetails Details, [property: Id(1)] string Uri, [property: Id(2)] string Secret)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}
