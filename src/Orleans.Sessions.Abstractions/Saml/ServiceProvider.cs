using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>An application that logs people in here by SAML 2.0.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ServiceProvider")]
public sealed record ServiceProvider
{
    /// <summary>Its id in the registry, 1 to 200 characters of letters, digits and <c>-._~@</c>.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>What people are shown.</summary>
    [Id(1)]
    public string Name { get; init; } = "";

    /// <summary>Its name in messages, at most 1024 characters; no two have the same.</summary>
    [Id(2)]
    public string EntityId { get; init; } = "";

    /// <summary>Where answers to logins may be sent; compared character by character.</summary>
    [Id(3)]
    public ImmutableArray<AssertionConsumer> AssertionConsumers { get; init; } = [];

    /// <summary>Where answers to logouts are sent.</summary>
    [Id(4)]
    public ImmutableArray<LogoutEndpoint> LogoutEndpoints { get; init; } = [];

    /// <summary>The X.509 certificates (DER) of the keys it signs with; several while they are replaced.</summary>
    [Id(5)]
    public ImmutableArray<ImmutableArray<byte>> Certificates { get; init; } = [];

    /// <summary>Whether requests without a signature are refused.</summary>
    [Id(6)]
    public bool RequireSignedRequests { get; init; }

    /// <summary>The name id formats it takes, best first; the first one of <see cref="Saml.NameIdFormats.All"/> is used where a request does not ask for one.</summary>
    [Id(7)]
    public ImmutableArray<string> NameIdFormats { get; init; } = [];

    /// <summary>The login frontend for it; <c>null</c>: the service's own setting.</summary>
    [Id(8)]
    public string? LoginUri { get; init; }

    /// <summary>The least assurance a login for it needs: <see cref="Oidc.AuthenticationContext"/>; <c>null</c>: one factor.</summary>
    [Id(9)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of a login frontend that may complete its requests without <c>session.link</c>.</summary>
    [Id(10)]
    public string? LoginClientId { get; init; }

    /// <summary>Whether it comes from the configuration, which is what changes it.</summary>
    [Id(11)]
    public bool IsConfigured { get; init; }

    /// <summary>When it was made.</summary>
    [Id(12)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(13)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether assertions are encrypted for it.</summary>
    [Id(14)]
    public bool EncryptAssertions { get; init; }

    /// <summary>How they are; <c>null</c>: they are not.</summary>
    [Id(15)]
    public AssertionEncryption? Encryption { get; init; }
}

/// <summary>Where the answer to a login goes.</summary>
/// <param name="Location">The URL.</param>
/// <param name="Binding">One of <see cref="SamlBindingUris"/>.</param>
/// <param name="Index">By which requests may name it.</param>
/// <param name="IsDefault">Whether it is meant when a request names none.</param>
[GenerateSerializer, Immutable, Alias("sessions.AssertionConsumer")]
public sealed record AssertionConsumer(
    [property: Id(0)] string Location, [property: Id(1)] string Binding, [property: Id(2)] int Index = 0, [property: Id(3)] bool IsDefault = false);

/// <summary>Where messages about logouts go.</summary>
/// <param name="Location">The URL.</param>
/// <param name="Binding">One of <see cref="SamlBindingUris"/>.</param>
/// <param name="ResponseLocation">Where answers go; <c>null</c>: to <paramref name="Location"/>.</param>
[GenerateSerializer, Immutable, Alias("sessions.LogoutEndpoint")]
public sealed record LogoutEndpoint([property: Id(0)] string Location, [property: Id(1)] string Binding, [property: Id(2)] string? ResponseLocation = null);

/// <summary>A service provider as it is registered.</summary>
/// <param name="Settings">What is known of it.</param>
/// <param name="Metadata">
/// SAML metadata that says its entity id, endpoints, certificates, encryption and name id formats, which <paramref name="Settings"/> leave empty then; <c>null</c>: they have them.
/// </param>
[GenerateSerializer, Immutable, Alias("sessions.ServiceProviderRegistration")]
public sealed record ServiceProviderRegistration([property: Id(0)] ServiceProvider Settings, [property: Id(1)] string? Metadata = null);
