using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Orleans.Sessions.IdentityProviders.Oidc;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders.Apple;

/// <summary>
/// Sign in with Apple: OpenID Connect whose client secret is signed for each login, whose answer comes with a form, and which tells the
/// person's name only once, beside the answer of the first login.
/// </summary>
internal sealed class AppleKind(
    UpstreamCalls calls,
    OidcDiscovery discovery,
    IdTokenVerifier idTokens,
    SecretProtector secrets,
    TimeProvider clock
) : OidcKind(calls, discovery, idTokens, secrets)
{
    /// <summary>Without a form, Apple refuses requests for names and addresses.</summary>
    protected override void Complete(OpenIdConnectMessage request) => request.ResponseMode = OpenIdConnectResponseMode.FormPost;

    /// <inheritdoc/>
    protected override string SecretOf(StoredProvider provider) =>
        AppleSecret.Create(provider.Settings, base.SecretOf(provider), clock.GetUtcNow());

    /// <inheritdoc/>
    protected override UpstreamLogin Read(StoredProvider provider, OidcAnswer answer)
    {
        var person = StandardClaims.Describe(answer.Result.Claims);
        var (given, family) = Names(answer.Callback.User);
        return UpstreamLogin.Of(
            provider.Id,
            answer.Subject,
            person with
            {
                GivenName = given,
                FamilyName = family,
                DisplayName = StandardClaims.Text($"{given} {family}"),
            },
            answer.Result
        );
    }

    /// <summary>
    /// The names in what came with the form, which the browser could have changed. A person may choose their name, but nothing else in it
    /// may be believed, and it may be anything.
    /// </summary>
    private static (string Given, string Family) Names(string? user)
    {
        try
        {
            using var document = JsonDocument.Parse(user ?? "{}");
            return
                document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("name", out var name)
                && name.ValueKind == JsonValueKind.Object
                ? (StandardClaims.Text(name, "firstName"), StandardClaims.Text(name, "lastName"))
                : ("", "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second one is a text that is no Unicode.
            return ("", "");
        }
    }
}
