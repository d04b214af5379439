using System.Collections.Immutable;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>The statement about a login for a service provider.</summary>
internal sealed record SamlAssertion
{
    /// <summary>This identity provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>The URL of the assertion consumer service.</summary>
    public required string Destination { get; init; }

    /// <summary>The service provider's entity id.</summary>
    public required string Audience { get; init; }

    /// <summary>The id of the request that it answers.</summary>
    public string? InResponseTo { get; init; }

    /// <summary>The name id of the person.</summary>
    public required string NameId { get; init; }

    /// <summary>The format of the name id.</summary>
    public required string NameIdFormat { get; init; }

    /// <summary>The present time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How long the assertion may be used.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>The name of the session in logout requests.</summary>
    public required string SessionIndex { get; init; }

    /// <summary>When the session expires.</summary>
    public DateTimeOffset? SessionNotOnOrAfter { get; init; }

    /// <summary>The authentication context class.</summary>
    public required string ContextClass { get; init; }

    /// <summary>The attributes.</summary>
    public ImmutableArray<SamlAttribute> Attributes { get; init; } = [];
}
