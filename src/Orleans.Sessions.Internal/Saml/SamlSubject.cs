using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Saml;

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
