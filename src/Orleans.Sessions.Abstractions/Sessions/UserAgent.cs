using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The browser or device in which a session was created.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserAgent")]
public sealed record UserAgent
{
    /// <summary>An id of the device, which the frontend chose.</summary>
    [Id(0)]
    public string? FingerprintId { get; init; }

    /// <summary>The IP address in canonical form.</summary>
    [Id(1)]
    public string? Ip { get; init; }

    /// <summary>A free description.</summary>
    [Id(2)]
    public string? Description { get; init; }

    /// <summary>Headers that the frontend wants to keep.</summary>
    [Id(3)]
    public ImmutableDictionary<string, ImmutableArray<string>> Header { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
