using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// What clients were, or are to be, told about ended sessions (key 0; any number of activations). Entries are written in the transaction that ends the session.
/// </summary>
[Alias("sessions.ILogoutLedgerGrain")]
public interface ILogoutLedgerGrain : IGrainWithIntegerKey
{
    /// <summary>The newest entries that match, at most 1000. Needs <c>oidc.client.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<LogoutEntry>> ListAsync(Caller caller, LogoutQuery query);
}

/// <summary>Which entries; <c>null</c> means all.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LogoutQuery")]
public sealed record LogoutQuery(
    [property: Id(0)] string? SessionId = null,
    [property: Id(1)] string? ClientId = null,
    [property: Id(2)] LogoutState? State = null,
    [property: Id(3)] int Limit = 100);

/// <summary>How far a client's notification is; numbers are those of <c>sessions.oidc.v1.LogoutState</c>.</summary>
public enum LogoutState
{
    /// <summary>It waits for its first or next attempt.</summary>
    Pending = 1,

    /// <summary>The client has taken it.</summary>
    Delivered = 2,

    /// <summary>All attempts failed.</summary>
    Failed = 3,
}

/// <summary>One client that was, or is to be, told that one session ended.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LogoutEntry")]
public sealed record LogoutEntry
{
    /// <summary>Its number.</summary>
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

    /// <summary>The issuer the client knows, without trailing slash.</summary>
    [Id(4)]
    public required string Issuer { get; init; }

    /// <summary>Why the session ended, as in the session's events.</summary>
    [Id(5)]
    public required string Reason { get; init; }

    /// <summary>When the session ended.</summary>
    [Id(6)]
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How far it is.</summary>
    [Id(7)]
    public required LogoutState State { get; init; }

    /// <summary>How often it was tried.</summary>
    [Id(8)]
    public required int Attempts { get; init; }

    /// <summary>When it is tried next, or, once settled, when that was.</summary>
    [Id(9)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What came of the last attempt, one of <see cref="LogoutOutcomes"/>; <c>null</c>: there was none.</summary>
    [Id(10)]
    public string? Outcome { get; init; }
}

/// <summary>How attempts to tell clients of ended sessions go.</summary>
public static class LogoutOutcomes
{
    /// <summary>The client has taken it.</summary>
    public const string Delivered = "Delivered";

    /// <summary>Somebody has answered, but not that it is taken.</summary>
    public const string Rejected = "Rejected";

    /// <summary>Nobody is there, or this service does not connect to there (<c>Sessions:Egress</c>).</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>There was no answer in time.</summary>
    public const string Timeout = "Timeout";
}
