using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>The registered clients in their stored form.</summary>
internal sealed record ClientsRecord
{
    /// <summary>The clients, ordered by id.</summary>
    public ImmutableSortedDictionary<string, OidcClient> Clients { get; init; } =
        ImmutableSortedDictionary.Create<string, OidcClient>(StringComparer.Ordinal);

    /// <summary>The tokens with which applications may register themselves, oldest first; <c>null</c> means none.</summary>
    public ImmutableArray<InitialAccessToken>? InitialTokens { get; init; }
}
