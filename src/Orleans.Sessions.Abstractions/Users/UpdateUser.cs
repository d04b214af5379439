using System.Collections.Immutable;

namespace Orleans.Sessions;

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

    /// <summary>The form of a service's access tokens.</summary>
    [Id(11)]
    public MachineTokenType? MachineTokenType { get; init; }

    /// <summary>
    /// Changes of the administrators' own data, as in <see cref="IUserGrain.SetMetadataAsync"/>. They need <c>user.write</c>, also for
    /// one's own user. <c>null</c> or empty changes nothing.
    /// </summary>
    [Id(12)]
    public ImmutableDictionary<string, ImmutableArray<byte>>? Metadata { get; init; }
}
