using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tokens;

/// <summary>
/// What is stored of a session's token: the hash of the valid one and, for a short interval after a rotation, of the one before,
/// so that a double submit or a lost answer does not strand a user (OWASP session management: renewal). The one before never gains by the rotation: who planted
/// it, or read it before the login, is not logged in.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.StoredToken")]
public sealed record StoredToken
{
    /// <summary>No token: nothing matches it.</summary>
    public static readonly StoredToken None = new() { Hash = [] };

    /// <summary>SHA-256 of the valid token.</summary>
    [Id(0)]
    public required ImmutableArray<byte> Hash { get; init; }

    /// <summary>SHA-256 of the token before.</summary>
    [Id(1)]
    public ImmutableArray<byte>? PreviousHash { get; init; }

    /// <summary>Until when the token before is honoured.</summary>
    [Id(2)]
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>What the session had proved before the rotation, if that is not what it has now: for so much the token before is good.</summary>
    [Id(3)]
    public ProvedLevel? PreviousLevel { get; init; }

    /// <summary>The first token of a session.</summary>
    public static StoredToken First(string token) => new() { Hash = [.. TokenHash.Of(token)] };

    /// <summary>What is stored after rotating to <paramref name="token"/>, when the session has gone from one level to another.</summary>
    public StoredToken RotateTo(string token, DateTimeOffset now, TimeSpan grace, ProvedLevel from, ProvedLevel to) => new()
    {
        Hash = [.. TokenHash.Of(token)],
        PreviousHash = Hash,
        PreviousUntil = now + grace,
        PreviousLevel = from == to ? null : from,
    };

    /// <summary>What <paramref name="token"/> is to this session at <paramref name="now"/>.</summary>
    public TokenVerdict Judge(string token, DateTimeOffset now)
    {
        if (TokenHash.Matches(Hash.AsSpan(), token))
        {
            return TokenVerdict.Valid;
        }

        if (PreviousHash is not { } previous || !TokenHash.Matches(previous.AsSpan(), token))
        {
            return TokenVerdict.Unknown;
        }

        return now < PreviousUntil ? TokenVerdict.Previous : TokenVerdict.Reused;
    }
}

/// <summary>What a presented token is to a session.</summary>
public enum TokenVerdict
{
    /// <summary>Never seen, or too old to remember.</summary>
    Unknown,

    /// <summary>The valid one.</summary>
    Valid,

    /// <summary>The one before, within its grace: good for what the session had proved when it was replaced.</summary>
    Previous,

    /// <summary>The one before, after its grace: somebody kept a token that was replaced. Worth an alarm.</summary>
    Reused,
}
