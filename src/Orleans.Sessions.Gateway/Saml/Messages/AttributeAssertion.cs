using System.Collections.Immutable;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>What a service provider is told about a person without a login.</summary>
internal sealed record AttributeAssertion
{
    /// <summary>This identity provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>The service provider's entity id.</summary>
    public required string Audience { get; init; }

    /// <summary>The id of the query that it answers.</summary>
    public required string InResponseTo { get; init; }

    /// <summary>The name id of the person.</summary>
    public required string NameId { get; init; }

    /// <summary>The format of the name id.</summary>
    public required string NameIdFormat { get; init; }

    /// <summary>The present time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How long the assertion may be used.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>The attributes. Without any there is no assertion.</summary>
    public required ImmutableArray<SamlAttribute> Attributes { get; init; }
}
