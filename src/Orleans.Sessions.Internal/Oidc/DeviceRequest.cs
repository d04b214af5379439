using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>The request of a device.</summary>
[GenerateSerializer, Immutable, Alias("sessions.DeviceRequest")]
public sealed record DeviceRequest
{
    /// <summary>The client that asks.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The client's name, as people see it.</summary>
    [Id(1)]
    public required string ClientName { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    [Id(2)]
    public required string Issuer { get; init; }

    /// <summary>The scopes that the device gets.</summary>
    [Id(3)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>How long the device code and the user code are valid.</summary>
    [Id(4)]
    public required TimeSpan Lifetime { get; init; }

    /// <summary>The minimum time between two polls of the device.</summary>
    [Id(5)]
    public required TimeSpan Interval { get; init; }

    /// <summary>The lowest assurance level that the client's registration requires.</summary>
    [Id(6)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of the login frontend that may decide without <c>session.link</c>.</summary>
    [Id(7)]
    public string? LoginClientId { get; init; }

    /// <summary>
    /// When the client was registered. If the client is deleted and registered again under the same id, the new client gets nothing from
    /// this request.
    /// </summary>
    [Id(8)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }
}
