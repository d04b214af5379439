using System.Collections.Immutable;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.RequestObjects;

/// <summary>
/// Verifies request objects (RFC 9101 §6). Only registered keys of the client count, and only asymmetric algorithms: this service keeps a
/// hash of a client's secret, so it could not verify what is signed with the secret. A refusal names the broken rule. What is wrong with
/// the claims is told only to whoever has the key.
/// </summary>
internal sealed class RequestObjectVerifier(ClientKeys keys, TimeProvider clock)
{
    private const int MaxLength = 16 * 1024;
    private const string MediaTypePrefix = "application/";

    /// <summary>FAPI 2.0 security profile §5.4.1.</summary>
    private static readonly ImmutableArray<string> s_fapiAlgorithms = ["PS256", "ES256"];

    /// <summary>RFC 9101 §10.8 and what programs wrote before it. Other types are tokens that were signed for something else.</summary>
    private static readonly string[] s_types = ["oauth-authz-req+jwt", "JWT"];

    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <summary>Verifies a request object of the client, which must be for this issuer.</summary>
    public async Task<VerifiedToken> VerifyAsync(OidcClient client, string text, string issuer, CancellationToken cancellationToken)
    {
        if (text.Length > MaxLength)
        {
            return VerifiedToken.Bad($"The request object has more than {MaxLength} characters.");
        }

        if (SignedTokens.Read(s_handler, text) is not { } token)
        {
            return VerifiedToken.Bad("The request object is not a signed JWT.");
        }

        if (!IsRequest(token.Typ))
        {
            return VerifiedToken.Bad("The type (typ) of the request object must be oauth-authz-req+jwt or JWT.");
        }

        var algorithms = AlgorithmsOf(client);
        if (!algorithms.Contains(token.Alg))
        {
            return VerifiedToken.Bad($"The request object must be signed (alg) by {string.Join(", ", algorithms)}.");
        }

        if (await keys.OfAsync(client, token.Kid, cancellationToken) is not { } known)
        {
            return VerifiedToken.Bad("The keys of the client cannot be read at its jwksUri at the moment.");
        }

        // The library checks the signature alone, because it does not say which of the other rules is broken.
        var result = await s_handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateLifetime = false,
                IssuerSigningKeys = known,
                ValidAlgorithms = algorithms,
                RequireSignedTokens = true,
            }
        );
        return !result.IsValid ? VerifiedToken.Bad("The request object is not signed with a registered key of the client.")
            : RequestObjectClaims.FaultOf(token, client, issuer, clock.GetUtcNow()) is { } fault ? VerifiedToken.Bad(fault)
            : VerifiedToken.Good(token);
    }

    private static ImmutableArray<string> AlgorithmsOf(OidcClient client) =>
        client.RequestObjectAlgorithm is { } only ? [only]
        : client.IsFapi() ? s_fapiAlgorithms
        : SignatureAlgorithms.Accepted;

    private static bool IsRequest(string? type) =>
        string.IsNullOrEmpty(type)
        || s_types.Contains(
            type.StartsWith(MediaTypePrefix, StringComparison.OrdinalIgnoreCase) ? type[MediaTypePrefix.Length..] : type,
            StringComparer.OrdinalIgnoreCase
        );
}
