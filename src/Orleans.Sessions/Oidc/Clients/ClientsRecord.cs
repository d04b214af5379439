using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>The registered clients as they are stored.</summary>
public sealed record ClientsRecord
{
    /// <summary>The clients in the order of their ids.</summary>
    public ImmutableSortedDictionary<string, OidcClient> Clients { get; init; } =
        ImmutableSortedDictionary.Create<string, OidcClient>(StringComparer.Ordinal);
}
