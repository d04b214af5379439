using System.Text.Json;
using Orleans.Sessions.IdentityProviders.Upstream;

namespace Orleans.Sessions.IdentityProviders.OAuth;

/// <summary>The answer of a token endpoint of OAuth 2.0 (RFC 6749 §5.1).</summary>
/// <param name="Access">The access token, a bearer token (RFC 6750).</param>
/// <param name="Id">The id token, which nobody has verified; empty if there is none.</param>
/// <param name="Refresh">The refresh token; <c>null</c> if there is none.</param>
internal sealed record OAuthTokens(string Access, string Id, string? Refresh)
{
    private const string Endpoint = "token";

    /// <summary>Reads the answer. Fails with <see cref="UpstreamException"/> unless it has a bearer token.</summary>
    public static OAuthTokens Read(string json)
    {
        using var document = UpstreamJson.Parse(json, JsonValueKind.Object, Endpoint);
        var answer = document.RootElement;
        if (answer.TryGetProperty("error", out _))
        {
            // GitHub refuses codes with the status 200.
            throw new UpstreamException("the token endpoint answered with an error", error: SessionErrors.ProviderRefusedCode);
        }

        if (Text(answer, "access_token") is not { Length: > 0 } access || access.Any(character => character is <= ' ' or > '~'))
        {
            throw new UpstreamException("the token endpoint gave no access token");
        }

        return Text(answer, "token_type") is { } type && !type.Equals("bearer", StringComparison.OrdinalIgnoreCase)
            ? throw new UpstreamException("the token endpoint gave a token of another type")
            : new OAuthTokens(access, Text(answer, "id_token") ?? "", Text(answer, "refresh_token"));
    }

    public override string ToString() => nameof(OAuthTokens);

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
