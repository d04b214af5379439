using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The notifications of clients about ended sessions, sent or still to send. The key is 0; there may be any number of activations. The
/// entries are written in the transaction that ends the session.
/// </summary>
[Alias("sessions.ILogoutLedgerGrain")]
public interface ILogoutLedgerGrain : IGrainWithIntegerKey
{
    /// <summary>The newest entries that match, at most 1000. Needs <c>oidc.client.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<LogoutEntry>> ListAsync(Caller caller, LogoutQuery query);
}

/// <summary>The entries to list. A value that is <c>null</c> does not restrict them.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LogoutQuery")]
public sealed record LogoutQuery(
    [property: Id(0)] string? SessionId = null,
    [property: Id(1)] string? ClientId = null,
    [property: Id(2)] LogoutState? State = null,
    [property: Id(3)] int Limit = 100
);

/// <summary>The state of a client's notification. The numbers are those of <c>sessions.oidc.v1.LogoutState</c>.</summary>
public enum LogoutState
{
    /// <summary>The notification waits for its first or next attempt.</summary>
    Pending = 1,

    /// <summary>The client has accepted the notification.</summary>
    Delivered = 2,

    /// <summary>All attempts failed.</summary>
    Failed = 3,
}

/// <summary>The notification that tells one client that one session ended.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LogoutEntry")]
public sealed record LogoutEntry
{
    /// <summary>The number of the entry.</summary>
    [Id(0)]
    public required long Id { get; init; }

    /// <summary>The session.</summary>
    [Id(1)]
    public required string SessionId { get; init; }

    /// <summary>The session's user.</summary>
    [Id(2)]
    public required string UserId { get; init; }

    /// <summary>The client.</summary>
    [Id(3)]
    public required string ClientId { get; init; }

    /// <summary>The issuer that the client knows, without trailing slash.</summary>
    [Id(4)]
    public required string Issuer { get; init; }

    /// <summary>The reason why the session ended, as in the session's events.</summary>
    [Id(5)]
    public required string Reason { get; init; }

    /// <summary>When the session ended.</summary>
    [Id(6)]
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The state of the notification.</summary>
    [Id(7)]
    public required LogoutState State { get; init; }

    /// <summary>The number of attempts.</summary>
    [Id(8)]
    public required int Attempts { get; init; }

    /// <summary>The time of the next attempt, or the time when the entry was settled.</summary>
    [Id(9)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The result of the last attempt, one of <see cref="LogoutOutcomes"/>; <c>null</c> before the first attempt.</summary>
    [Id(10)]
    public string? Outcome { get; init; }
}

/// <summary>The results of attempts to notify clients of ended sessions.</summary>
public static class LogoutOutcomes
{
    /// <summary>The client has accepted the notification.</summary>
    public const string Delivered = "Delivered";

    /// <summary>A server answered, but did not accept the notification.</summary>
    public const string Rejected = "Rejected";

    /// <summary>The address cannot be reached, or this service may not connect to it (<c>Sessions:Egress</c>).</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>No answer arrived in time.</summary>
    public const string Timeout = "Timeout";
}
