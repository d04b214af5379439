using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>The authorization that an application got by one login. Its code or tokens are still valid.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserGrant")]
public sealed record UserGrant
{
    /// <summary>The id of the grant.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The application.</summary>
    [Id(1)]
    public required string ClientId { get; init; }

    /// <summary>The application's name, as people see it; empty if the application has no name.</summary>
    [Id(2)]
    public string ClientName { get; init; } = "";

    /// <summary>The scopes that the application got.</summary>
    [Id(3)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>The audiences of its tokens.</summary>
    [Id(4)]
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>The session with which the person logged in.</summary>
    [Id(5)]
    public required string SessionId { get; init; }

    /// <summary>When the person logged in to the application.</summary>
    [Id(6)]
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>When the application last got tokens for this grant. Before that: when the grant was made.</summary>
    [Id(7)]
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>
    /// When the last of its tokens expires, if the application does not refresh them; at the latest when the session expires as it is now.
    /// </summary>
    [Id(8)]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the application can get new tokens without the person.</summary>
    [Id(9)]
    public required bool IsRefreshable { get; init; }
}
