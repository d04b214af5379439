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

    /// <summary>
    /// The user name, which is also the login name. The login policy may let people log in by a verified e-mail address or phone number,
    /// too.
    /// </summary>
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
