using System.Collections.Immutable;
using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Saml;

/// <summary>A checked login request of a service provider.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlRequest")]
public sealed record SamlRequest
{
    /// <summary>
    /// The maximum difference between the time of a message and our time, in both directions. Requests are remembered for longer, so that
    /// no request can be used twice.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The entity id of the service provider that asks.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The id that the service provider gave to the request; empty if the login began here.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>The public origin to which the request was sent, without trailing slash. The answer comes from this origin.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>The registered URL to which the answer goes.</summary>
    [Id(3)]
    public required string AssertionConsumer { get; init; }

    /// <summary>The binding of the answer: one of <see cref="SamlBindingUris"/>.</summary>
    [Id(4)]
    public required string Binding { get; init; }

    /// <summary>The service provider's own state, which is returned unchanged.</summary>
    [Id(5)]
    public string? RelayState { get; init; }

    /// <summary>
    /// The format of the name id: one of <see cref="NameIdFormats"/>. After the login, it is the format of the name id in the answer.
    /// </summary>
    [Id(6)]
    public required string NameIdFormat { get; init; }

    /// <summary>Whether the person must prove a factor after the request was made.</summary>
    [Id(7)]
    public bool ForceAuthn { get; init; }

    /// <summary>The requested authentication context classes that this service knows.</summary>
    [Id(8)]
    public ImmutableArray<string> ContextClasses { get; init; } = [];

    /// <summary>How the classes are compared: <c>exact</c>, <c>minimum</c>, <c>maximum</c> or <c>better</c>.</summary>
    [Id(9)]
    public string ContextComparison { get; init; } = "exact";

    /// <summary>
    /// The assurance levels that satisfy these classes: one of them is enough (<see cref="AuthenticationContext"/>).
    /// </summary>
    [Id(10)]
    public ImmutableArray<string> AcrValues { get; init; } = [];

    /// <summary>The lowest assurance level that the registration requires.</summary>
    [Id(11)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of the login frontend that may complete the request without <c>session.link</c>.</summary>
    [Id(12)]
    public string? LoginClientId { get; init; }

    /// <summary>The name id of the person who must log in; <c>null</c> if anyone may log in.</summary>
    [Id(13)]
    public string? SubjectNameId { get; init; }

    /// <summary>How the assertion is encrypted; <c>null</c> if it is not encrypted.</summary>
    [Id(14)]
    public AssertionEncryption? Encryption { get; init; }

    /// <summary>The format for people who have no name in <see cref="NameIdFormat"/>; <c>null</c> if they cannot log in.</summary>
    [Id(15)]
    public string? OtherNameIdFormat { get; init; }

    /// <summary>The format of <see cref="SubjectNameId"/>; <c>null</c> if the request does not name it.</summary>
    [Id(16)]
    public string? SubjectNameIdFormat { get; init; }

    /// <summary>Whether no page may be shown to the person.</summary>
    [Id(17)]
    public bool IsPassive { get; init; }
}
