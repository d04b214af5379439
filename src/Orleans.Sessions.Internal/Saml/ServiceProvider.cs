using System.Collections.Immutable;
using Orleans.Sessions.Logins;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Saml;

/// <summary>An application that logs people in through this service with SAML 2.0.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ServiceProvider")]
public sealed record ServiceProvider
{
    /// <summary>The id in the registry, 1 to 200 characters: letters, digits and <c>-._~@</c>.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The name that people see.</summary>
    [Id(1)]
    public string Name { get; init; } = "";

    /// <summary>The entity id: the name of the service provider in messages, at most 1024 characters, unique.</summary>
    [Id(2)]
    public string EntityId { get; init; } = "";

    /// <summary>The addresses to which answers to logins may be sent. They are compared character by character.</summary>
    [Id(3)]
    public ImmutableArray<AssertionConsumer> AssertionConsumers { get; init; } = [];

    /// <summary>The addresses to which messages about logouts are sent.</summary>
    [Id(4)]
    public ImmutableArray<LogoutEndpoint> LogoutEndpoints { get; init; } = [];

    /// <summary>
    /// The X.509 certificates (DER) of the keys with which the service provider signs. There can be several while keys are being replaced.
    /// </summary>
    [Id(5)]
    public ImmutableArray<ImmutableArray<byte>> Certificates { get; init; } = [];

    /// <summary>Whether requests without a signature are refused.</summary>
    [Id(6)]
    public bool RequireSignedRequests { get; init; }

    /// <summary>
    /// The name id formats that the service provider accepts, preferred first. If a request does not name a format, the first one that is
    /// in <see cref="Saml.NameIdFormats.All"/> is used.
    /// </summary>
    [Id(7)]
    public ImmutableArray<string> NameIdFormats { get; init; } = [];

    /// <summary>The login frontend for this service provider; <c>null</c> uses the service's own setting.</summary>
    [Id(8)]
    public string? LoginUri { get; init; }

    /// <summary>
    /// The lowest assurance level of a login for this service provider (<see cref="AuthenticationContext"/>); <c>null</c> means one
    /// factor.
    /// </summary>
    [Id(9)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of a login frontend that may complete its requests without <c>session.link</c>.</summary>
    [Id(10)]
    public string? LoginClientId { get; init; }

    /// <summary>Whether the service provider comes from the configuration. Then only the configuration can change it.</summary>
    [Id(11)]
    public bool IsConfigured { get; init; }

    /// <summary>When the service provider was created.</summary>
    [Id(12)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the service provider was last changed.</summary>
    [Id(13)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether assertions for it are encrypted.</summary>
    [Id(14)]
    public bool EncryptAssertions { get; init; }

    /// <summary>How assertions are encrypted; <c>null</c> if they are not encrypted.</summary>
    [Id(15)]
    public AssertionEncryption? Encryption { get; init; }

    /// <summary>The project that it is an application of; <c>null</c> if it belongs to none.</summary>
    [Id(20)]
    public string? ProjectId { get; init; }

    /// <summary>Whether it is treated as if it did not exist.</summary>
    [Id(21)]
    public bool IsInactive { get; init; }

    /// <summary>The attributes that it gets; <c>null</c> means <see cref="SamlAttributeSet.Basic"/>.</summary>
    [Id(22)]
    public SamlAttributeSet? AttributeSet { get; init; }

    /// <summary>Further attributes.</summary>
    [Id(23)]
    public ImmutableArray<SamlAttributeRule>? Attributes { get; init; }

    /// <summary>
    /// Whether logins may begin at this service, without a request. The service provider cannot know then whether the person, or somebody
    /// else, wanted the login.
    /// </summary>
    [Id(24)]
    public bool AllowUnsolicited { get; init; }

    /// <summary>Whether a request for an unknown name id format counts as one without a format.</summary>
    [Id(25)]
    public bool IgnoreNameIdPolicy { get; init; }

    /// <summary>
    /// The signature algorithm of messages for it: one of <see cref="SigningAlgorithms.Methods"/>; <c>null</c> means RSA with SHA-256.
    /// </summary>
    [Id(26)]
    public string? SignatureMethod { get; init; }

    /// <summary>
    /// The digest algorithm of messages for it: one of <see cref="SigningAlgorithms.Digests"/>; <c>null</c> means SHA-256.
    /// </summary>
    [Id(27)]
    public string? DigestMethod { get; init; }

    /// <summary>The address at which it publishes its metadata; <c>null</c> if nothing is read there.</summary>
    [Id(28)]
    public string? MetadataUrl { get; init; }

    /// <summary>
    /// The X.509 certificate (DER) of the key that must have signed the metadata at that address; <c>null</c> if they need no signature.
    /// </summary>
    [Id(29)]
    public ImmutableArray<byte>? MetadataCertificate { get; init; }

    /// <summary>The copy of the metadata from which this registration is made; <c>null</c> without an address.</summary>
    [Id(30)]
    public MetadataCopy? MetadataCopy { get; init; }
}
