using System.Collections.Immutable;

namespace Orleans.Sessions.Tokens;

/// <summary>
/// What is stored of a session's token: the hash of the valid one and, for a short interval after a rotation, of the one before,
/// so that a double submit or a lost answer does not strand a user (OWASP session management: renewal).
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

    /// <summary>The first token of a session.</summary>
    public static StoredToken First(string token) => new() { Hash = [.. TokenHash.Of(token)] };

    /// <summary>What is stored after rotating to <paramref name="token"/>.</summary>
    public StoredToken RotateTo(string token, DateTimeOffset now, TimeSpan grace) => new()
    {
        Hash = [.. TokenHash.Of(token)],
        PreviousHash = Hash,
        PreviousUntil = now + grace,
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

        return now < PreviousUntil ? TokenVerdict.Valid : TokenVerdict.Reused;
    }
}

/// <summary>What a presented token is to a session.</summary>
public enum TokenVerdict
{
    /// <summary>Never seen, or too old to remember.</summary>
    Unknown,

    /// <summary>The valid one, or the one before within its grace.</summary>
    Valid,

    /// <summary>The one before, after its grace: somebody kept a token that was replaced. Worth an alarm.</summary>
    Reused,
}
