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
