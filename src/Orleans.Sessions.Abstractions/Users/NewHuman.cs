using System.Collections.Immutable;

namespace Orleans.Sessions;

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
