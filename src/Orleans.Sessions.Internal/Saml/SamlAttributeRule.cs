using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Saml;

/// <summary>An attribute that a service provider gets in addition to its set, or in place of the one with this name.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlAttributeRule")]
public sealed record SamlAttributeRule
{
    /// <summary>The name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The format of the name, a URI; <c>null</c> for the basic one.</summary>
    [Id(1)]
    public string? Format { get; init; }

    /// <summary>The name for people.</summary>
    [Id(2)]
    public string? FriendlyName { get; init; }

    /// <summary>Where the values come from.</summary>
    [Id(3)]
    public required ClaimSource Source { get; init; }

    /// <summary>
    /// The field, the key of the metadata entry, the text, or the id of the project. For roles empty means the project of the service
    /// provider.
    /// </summary>
    [Id(4)]
    public string Key { get; init; } = "";

    /// <summary>Whether the metadata entry, or the text, is JSON. Each element of a list is a value.</summary>
    [Id(5)]
    public bool IsJson { get; init; }
}
