using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.IdentityProviders.Oidc;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders.Entra;

/// <summary>
/// Microsoft Entra ID. A person's id is <c>oid</c>, which is the same for every application of the tenant; <c>sub</c> is another one for
/// each. Names come from the userinfo endpoint; the rest is in the id token only. An account without a mailbox has no <c>email</c>; then
/// its name stands for the address if it is one.
/// </summary>
internal sealed class EntraKind(UpstreamCalls calls, OidcDiscovery discovery, IdTokenVerifier idTokens, SecretProtector secrets)
    : OidcKind(calls, discovery, idTokens, secrets)
{
    /// <inheritdoc/>
    protected override UpstreamLogin Read(StoredProvider provider, OidcAnswer answer)
    {
        var claims = Merge(answer);
        using var document = JsonDocument.Parse(claims);
        var person = StandardClaims.Describe(document.RootElement);
        var address = person.Email?.Address ?? (person.UserName.Contains('@', StringComparison.Ordinal) ? person.UserName : null);
        return UpstreamLogin.Of(
            provider.Id,
            StandardClaims.Text(document.RootElement, "oid"),
            person with
            {
                // The provider does not say whether an address belongs to the person, so the operator does.
                Email = address is null ? null : new EmailAddress(address, provider.Settings.Entra is { IsEmailVerified: true }),
            },
            answer.Result with
            {
                Claims = claims,
            }
        );
    }

    /// <summary>The claims of the userinfo endpoint, in which those of the id token, which is signed, replace others.</summary>
    private static string Merge(OidcAnswer answer)
    {
        var merged = ObjectOf(answer.Result.Claims);
        foreach (var (name, value) in ObjectOf(answer.IdToken))
        {
            merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
    }

    private static JsonObject ObjectOf(string json) =>
        JsonNode.Parse(json) as JsonObject ?? throw new UpstreamException("the claims are no JSON object");
}
