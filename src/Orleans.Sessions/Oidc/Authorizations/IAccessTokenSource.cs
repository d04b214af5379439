using System.Collections.Immutable;
using System.Text;
using Orleans.Concurrency;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>What a session asks of the authorizations that stand on it (same grain and key as <see cref="ITokenFamilyGrain"/>).</summary>
[Alias("sessions.IAccessTokenSource")]
public interface IAccessTokenSource : IGrainWithStringKey
{
    /// <summary>An access token that has neither expired nor been revoked; whether its session is still good is not looked at. <c>null</c>: there is none.</summary>
    [AlwaysInterleave]
    [Alias("FindAccessToken")]
    Task<AccessToken?> FindAccessTokenAsync(string tokenId);
}

/// <summary>An access token as its family knows it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.AccessToken")]
public sealed record AccessToken
{
    /// <summary>What it stands for.</summary>
    [Id(0)]
    public required TokenGrant Grant { get; init; }

    /// <summary>SHA-256 of the whole token; <c>null</c> for JWTs, which prove themselves.</summary>
    [Id(1)]
    public ImmutableArray<byte>? Hash { get; init; }

    /// <summary>What its login rests on; <c>null</c>: nobody noted it.</summary>
    [Id(2)]
    public ImmutableArray<Proof>? Proofs { get; init; }

    /// <summary>Whether this is what the token's bearer has shown.</summary>
    internal bool IsProvedBy(string? secret) => Hash is { } hash ? secret is not null && TokenHash.Matches(hash.AsSpan(), secret) : secret is null;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("TokenId = ").Append(Grant.TokenId);
        return true;
    }
}
