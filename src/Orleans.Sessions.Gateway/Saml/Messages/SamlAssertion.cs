using System.Collections.Immutable;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>What a service provider is told about a login.</summary>
internal sealed record SamlAssertion
{
    /// <summary>This identity provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>The assertion consumer service it goes to.</summary>
    public required string Destination { get; init; }

    /// <summary>The service provider's entity id.</summary>
    public required string Audience { get; init; }

    /// <summary>The request it answers.</summary>
    public string? InResponseTo { get; init; }

    /// <summary>The person.</summary>
    public required string NameId { get; init; }

    /// <summary>How the person is named.</summary>
    public required string NameIdFormat { get; init; }

    /// <summary>The present time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How long it may be used.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>The name of the session in requests to log out.</summary>
    public required string SessionIndex { get; init; }

    /// <summary>When the session expires.</summary>
    public DateTimeOffset? SessionNotOnOrAfter { get; init; }

    /// <summary>The authentication context class.</summary>
    public required string ContextClass { get; init; }

    /// <summary>The attributes.</summary>
    public ImmutableArray<SamlAttribute> Attributes { get; init; } = [];
}

/// <summary>An attribute of a person.</summary>
/// <param name="Name">Its name, of the basic format.</param>
/// <param name="Values">Its values, texts.</param>
internal sealed record SamlAttribute(string Name, ImmutableArray<string> Values);
