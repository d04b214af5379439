using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Saml;

/// <summary>A service provider's request for a login, checked.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlRequest")]
public sealed record SamlRequest
{
    /// <summary>How far a message's time may be from ours, in both directions. Requests are remembered for longer, so that none can be sent twice.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The entity id of who asks.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The id that the service provider gave it.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>The public origin that it came to, without trailing slash; the answer will come from there.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>Where the answer goes: a registered URL.</summary>
    [Id(3)]
    public required string AssertionConsumer { get; init; }

    /// <summary>The binding of the answer: one of <see cref="SamlBindingUris"/>.</summary>
    [Id(4)]
    public required string Binding { get; init; }

    /// <summary>The service provider's own state, given back as it is.</summary>
    [Id(5)]
    public string? RelayState { get; init; }

    /// <summary>The format of the name id: one of <see cref="NameIdFormats"/>; once somebody has logged in, that of the name that was told.</summary>
    [Id(6)]
    public required string NameIdFormat { get; init; }

    /// <summary>Whether a factor must be proved after the request.</summary>
    [Id(7)]
    public bool ForceAuthn { get; init; }

    /// <summary>The authentication context classes that are asked for and known here.</summary>
    [Id(8)]
    public ImmutableArray<string> ContextClasses { get; init; } = [];

    /// <summary>How they are compared: <c>exact</c>, <c>minimum</c>, <c>maximum</c> or <c>better</c>.</summary>
    [Id(9)]
    public string ContextComparison { get; init; } = "exact";

    /// <summary>The levels of assurance of which one is wanted because of that (<see cref="Oidc.AuthenticationContext"/>).</summary>
    [Id(10)]
    public ImmutableArray<string> AcrValues { get; init; } = [];

    /// <summary>The least level of assurance that the registration demands.</summary>
    [Id(11)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of the login frontend that may complete the request without <c>session.link</c>.</summary>
    [Id(12)]
    public string? LoginClientId { get; init; }

    /// <summary>The name id of who must log in; <c>null</c>: whoever likes.</summary>
    [Id(13)]
    public string? SubjectNameId { get; init; }

    /// <summary>How the assertion is to be encrypted; <c>null</c>: not at all.</summary>
    [Id(14)]
    public AssertionEncryption? Encryption { get; init; }

    /// <summary>The format for people who have no name in <see cref="NameIdFormat"/>; <c>null</c>: they cannot log in.</summary>
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
    /// <summary>Who completes it.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The session that logs in; <c>null</c>: the request fails.</summary>
    [Id(1)]
    public string? SessionId { get; init; }

    /// <summary>That session's token.</summary>
    [Id(2)]
    public string? SessionToken { get; init; }

    /// <summary>Why the request fails: the last part of a second-level status code, such as <c>AuthnFailed</c>.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>What to tell the service provider about that.</summary>
    [Id(4)]
    public string? ErrorDescription { get; init; }

    /// <summary>Random, by which a repeated call is recognised.</summary>
    [Id(5)]
    public required string Ticket { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Caller = ").Append(Caller).Append(", SessionId = ").Append(SessionId).Append(", Error = ").Append(Error);
        return true;
    }
}

/// <summary>What the service provider is told.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlAnswer")]
public sealed record SamlAnswer
{
    /// <summary>The request that is answered.</summary>
    [Id(0)]
    public required SamlRequest Request { get; init; }

    /// <summary>When it was completed.</summary>
    [Id(1)]
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Who logged in; <c>null</c>: the request failed.</summary>
    [Id(2)]
    public SamlSubject? Subject { get; init; }

    /// <summary>Why the request failed (<see cref="SamlCompletion.Error"/>).</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>More about that.</summary>
    [Id(4)]
    public string? ErrorDescription { get; init; }

    /// <summary>The installation's id.</summary>
    [Id(5)]
    public required string ResourceOwner { get; init; }
}

/// <summary>Who logged in, and what that proves.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlSubject")]
public sealed record SamlSubject
{
    /// <summary>The user.</summary>
    [Id(0)]
    public required string UserId { get; init; }

    /// <summary>The user's name at this service provider.</summary>
    [Id(1)]
    public required string NameId { get; init; }

    /// <summary>The session's name at this service provider.</summary>
    [Id(2)]
    public required string SessionIndex { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    [Id(3)]
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>When the session expires; <c>null</c>: not by itself.</summary>
    [Id(4)]
    public DateTimeOffset? SessionExpiresAt { get; init; }

    /// <summary>The level of assurance (<see cref="Oidc.AuthenticationContext"/>).</summary>
    [Id(5)]
    public required string Acr { get; init; }

    /// <summary>Whether a password was proved.</summary>
    [Id(6)]
    public bool HasPassword { get; init; }
}
