using System.Collections.Immutable;
using System.Text;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tokens;

/// <summary>An access token in its family.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AccessToken")]
internal sealed record AccessToken
{
    /// <summary>What the token grants.</summary>
    [Id(0)]
    public required TokenGrant Grant { get; init; }

    /// <summary>SHA-256 of the whole token; <c>null</c> for JWTs, whose signature is the proof.</summary>
    [Id(1)]
    public ImmutableArray<byte>? Hash { get; init; }

    /// <summary>The proofs that its login rests on; <c>null</c> means none, and then the token is not valid.</summary>
    [Id(2)]
    public ImmutableArray<Proof>? Proofs { get; init; }

    /// <summary>Whether the bearer has shown the right secret.</summary>
    internal bool IsProvedBy(string? secret) =>
        Hash is { } hash ? secret is not null && TokenHash.Matches(hash.AsSpan(), secret) : secret is null;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("TokenId = ").Append(Grant.TokenId);
        return true;
    }
}
