using System.Collections.Immutable;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>An attribute of a person.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values, as texts.</param>
/// <param name="Format">The format of the name.</param>
/// <param name="FriendlyName">The name for people.</param>
internal sealed record SamlAttribute(
    string Name,
    ImmutableArray<string> Values,
    string Format = SamlNames.Basic,
    string? FriendlyName = null
);
