using System.Collections.Immutable;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>An attribute of a person.</summary>
/// <param name="Name">Its name, in the basic format.</param>
/// <param name="Values">Its values, as texts.</param>
internal sealed record SamlAttribute(string Name, ImmutableArray<string> Values);
