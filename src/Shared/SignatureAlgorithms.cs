using System.Collections.Immutable;

namespace Orleans.Sessions.Issuers;

/// <summary>
/// The algorithms with which tokens and assertions of others may be signed (RFC 7518 §3.1). They are asymmetric, so that a party that can
/// verify cannot sign. The grains and the gateway share this file, like <see cref="IssuerDocuments"/>.
/// </summary>
internal static class SignatureAlgorithms
{
    /// <summary>The names of the algorithms.</summary>
    public static ImmutableArray<string> Accepted { get; } =
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
}
