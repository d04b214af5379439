using System.Collections.Immutable;

namespace Orleans.Sessions.Logins;

/// <summary>Whether a session is enough for a login, and what would make it enough.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LoginVerdict")]
public sealed record LoginVerdict
{
    /// <summary>Why the session is not enough; <c>null</c> if it is.</summary>
    [Id(0)]
    public SessionError? Refusal { get; init; }

    /// <summary>The level that is required (<see cref="AuthenticationContext"/>).</summary>
    [Id(1)]
    public required string RequiredAcr { get; init; }

    /// <summary>The level that the session has; <c>null</c> if no factor counts.</summary>
    [Id(2)]
    public string? Acr { get; init; }

    /// <summary>The <c>amr</c> values of what counts.</summary>
    [Id(3)]
    public ImmutableArray<string> Amr { get; init; } = [];

    /// <summary>When the newest factor that counts was proved.</summary>
    [Id(4)]
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The methods that a page may ask for now.</summary>
    [Id(5)]
    public ImmutableArray<AuthenticationMethod> Next { get; init; } = [];

    /// <summary>
    /// The shortest ways to a session that is enough, each with the methods to use. Empty if the session is enough, if no way of at most
    /// two methods leads there, or if the login settings hide which methods a person has and the session has proved nothing.
    /// </summary>
    [Id(6)]
    public ImmutableArray<LoginWay> Ways { get; init; } = [];

    /// <summary>The methods of which one would be enough if it is set up. Said only to a session that has proved a factor.</summary>
    [Id(7)]
    public ImmutableArray<AuthenticationMethod> Enrolments { get; init; } = [];

    /// <summary>The factors that were proved and are too old by the check lifetimes.</summary>
    [Id(8)]
    public ImmutableArray<AuthenticationMethod> Stale { get; init; } = [];

    /// <summary>The user of the session; <c>null</c> if nobody was named.</summary>
    [Id(9)]
    public string? UserId { get; init; }
}
