using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tokens;

/// <summary>
/// What is stored of a session's token: the hash of the valid token and, for a short interval after a rotation, the hash of the previous
/// one, so that a double submit or a lost answer does not log the user out (OWASP session management: renewal). The previous token never
/// gains by the rotation: a thief who planted it, or read it before the login, is not logged in.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.StoredToken")]
internal sealed record StoredToken
{
    /// <summary>No token: no text matches it.</summary>
    public static readonly StoredToken None = new() { Hash = [] };

    /// <summary>SHA-256 of the valid token.</summary>
    [Id(0)]
    public required ImmutableArray<byte> Hash { get; init; }

    /// <summary>SHA-256 of the previous token.</summary>
    [Id(1)]
    public ImmutableArray<byte>? PreviousHash { get; init; }

    /// <summary>Until when the previous token is accepted.</summary>
    [Id(2)]
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>
    /// What the session had proved before the rotation, if it has proved something else now. The previous token is only valid for this
    /// level.
    /// </summary>
    [Id(3)]
    public ProvedLevel? PreviousLevel { get; init; }

    /// <summary>The first token of a session.</summary>
    public static StoredToken First(string token) => new() { Hash = [.. TokenHash.Of(token)] };

    /// <summary>What is stored after a rotation to <paramref name="token"/>, when the session changes from one level to another.</summary>
    public StoredToken RotateTo(string token, DateTimeOffset now, TimeSpan grace, ProvedLevel from, ProvedLevel to) =>
        new()
        {
            Hash = [.. TokenHash.Of(token)],
            PreviousHash = Hash,
            PreviousUntil = now + grace,
            PreviousLevel = from == to ? null : from,
        };

    /// <summary>The verdict on <paramref name="token"/> for this session at <paramref name="now"/>.</summary>
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
