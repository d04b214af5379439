using System.Collections.Immutable;

namespace Orleans.Sessions.Issuers;

/// <summary>
/// The algorithms that others' tokens and assertions may be signed with (RFC 7518 §3.1): asymmetric ones, so that nobody who can verify can sign. Part of
/// the grains and of the gateway, as <see cref="IssuerDocuments"/> is.
/// </summary>
internal static class SignatureAlgorithms
{
    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Accepted { get; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
}
