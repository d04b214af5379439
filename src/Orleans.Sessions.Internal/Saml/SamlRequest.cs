using System.Collections.Immutable;
using System.Text;
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

    /// <summary>The id that the service provider gave to the request.</summary>
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
}

/// <summary>A stored request as a login frontend sees it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PendingSamlRequest")]
public sealed record PendingSamlRequest([property: Id(0)] SamlRequest Request, [property: Id(1)] DateTimeOffset CreatedAt);

/// <summary>A login that completes a request: a session and its token, or a refusal.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlCompletion")]
public sealed record SamlCompletion
{
    /// <summary>The caller who completes the request.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The session that logs in; <c>null</c> if the request is refused.</summary>
    [Id(1)]
    public string? SessionId { get; init; }

    /// <summary>The token of that session.</summary>
    [Id(2)]
    public string? SessionToken { get; init; }

    /// <summary>The reason of the refusal: the last part of a second-level status code, such as <c>AuthnFailed</c>.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>The description of the refusal for the service provider.</summary>
    [Id(4)]
    public string? ErrorDescription { get; init; }

    /// <summary>A random value by which the grain recognizes a repeated call.</summary>
    [Id(5)]
    public required string Ticket { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Caller = ").Append(Caller).Append(", SessionId = ").Append(SessionId).Append(", Error = ").Append(Error);
        return true;
    }
}

/// <summary>The answer to the service provider.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlAnswer")]
public sealed record SamlAnswer
{
    /// <summary>The request that is answered.</summary>
    [Id(0)]
    public required SamlRequest Request { get; init; }

    /// <summary>When it was completed.</summary>
    [Id(1)]
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The person who logged in; <c>null</c> if the request was refused.</summary>
    [Id(2)]
    public SamlSubject? Subject { get; init; }

    /// <summary>The reason of the refusal (<see cref="SamlCompletion.Error"/>).</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>The description of the refusal.</summary>
    [Id(4)]
    public string? ErrorDescription { get; init; }

    /// <summary>The installation's id.</summary>
    [Id(5)]
    public required string ResourceOwner { get; init; }
}

/// <summary>The person who logged in, and what the login proves.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlSubject")]
public sealed record SamlSubject
{
    /// <summary>The user.</summary>
    [Id(0)]
    public required string UserId { get; init; }

    /// <summary>The user's name id at this service provider.</summary>
    [Id(1)]
    public required string NameId { get; init; }

    /// <summary>The name of the session at this service provider.</summary>
    [Id(2)]
    public required string SessionIndex { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    [Id(3)]
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>When the session expires; <c>null</c> if it does not expire by itself.</summary>
    [Id(4)]
    public DateTimeOffset? SessionExpiresAt { get; init; }

    /// <summary>The assurance level (<see cref="AuthenticationContext"/>).</summary>
    [Id(5)]
    public required string Acr { get; init; }

    /// <summary>Whether a password was proved.</summary>
    [Id(6)]
    public bool HasPassword { get; init; }
}
