using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>What one login gave to an application: its code or tokens are still good.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserGrant")]
public sealed record UserGrant
{
    /// <summary>Its id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The application.</summary>
    [Id(1)]
    public required string ClientId { get; init; }

    /// <summary>What people are shown as the application's name; empty: it has none.</summary>
    [Id(2)]
    public string ClientName { get; init; } = "";

    /// <summary>What it was granted.</summary>
    [Id(3)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>Where its tokens are good.</summary>
    [Id(4)]
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>The session that the person logged in with.</summary>
    [Id(5)]
    public required string SessionId { get; init; }

    /// <summary>When the person logged in to the application.</summary>
    [Id(6)]
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>When the application last got tokens for it; until then, when it was granted.</summary>
    [Id(7)]
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>When the last of its tokens expires, unless the application refreshes them.</summary>
    [Id(8)]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the application can get new tokens without the person.</summary>
    [Id(9)]
    public required bool IsRefreshable { get; init; }
}
