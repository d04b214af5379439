using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>A token with which applications register themselves (RFC 7591 §3).</summary>
[GenerateSerializer, Immutable, Alias("sessions.InitialAccessToken")]
public sealed record InitialAccessToken
{
    /// <summary>The id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    [Id(1)]
    public required ImmutableArray<byte> Hash { get; init; }

    /// <summary>How many applications may still register with it: 1 to 1000.</summary>
    [Id(2)]
    public required int UsesLeft { get; init; }

    /// <summary>When it was made.</summary>
    [Id(3)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires.</summary>
    [Id(4)]
    public required DateTimeOffset ExpiresAt { get; init; }
}
