using System.Collections.Immutable;
using System.Text.Json;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.RequestObjects;

/// <summary>
/// The parameters of an authorization request that are the claims of a request object (RFC 9101 §4). Claims about the object itself are
/// not parameters, and a client does not authenticate with it.
/// </summary>
internal static class RequestObjectParameters
{
    /// <summary>A request object does not lead to another one (RFC 9101 §4).</summary>
    private static readonly string[] s_forbidden = [Parameters.Request, Parameters.RequestUri];

    private static readonly string[] s_left =
    [
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        Parameters.ClientSecret,
        Parameters.ClientAssertion,
        Parameters.ClientAssertionType,
    ];

    /// <summary>Parameters that mean something here. What else has another type is ignored, as are all unknown parameters.</summary>
    private static readonly string[] s_known =
    [
        Parameters.AcrValues,
        Parameters.Claims,
        Parameters.ClientId,
        Parameters.CodeChallenge,
        Parameters.CodeChallengeMethod,
        Parameters.Display,
        Parameters.IdTokenHint,
        Parameters.LoginHint,
        Parameters.MaxAge,
        Parameters.Nonce,
        Parameters.Prompt,
        Parameters.RedirectUri,
        Parameters.Resource,
        Parameters.ResponseMode,
        Parameters.ResponseType,
        Parameters.Scope,
        Parameters.State,
        Parameters.UiLocales,
        DpopProofs.KeyParameter,
    ];

    /// <summary>The parameters, or the rule that the claims break.</summary>
    public static (Dictionary<string, OpenIddictParameter> Parameters, string? Fault) Of(JsonElement claims)
    {
        var parameters = new Dictionary<string, OpenIddictParameter>(StringComparer.Ordinal);
        try
        {
            foreach (var claim in claims.EnumerateObject())
            {
                if (s_forbidden.Contains(claim.Name, StringComparer.Ordinal))
                {
                    return (parameters, $"A request object cannot have a {claim.Name}.");
                }

                // OpenIddict takes no parameter without a name, and ignores one that is sent beside the object.
                if (
                    claim.Name.Length == 0
                    || s_left.Contains(claim.Name, StringComparer.Ordinal)
                    || claim.Value.ValueKind == JsonValueKind.Null
                )
                {
                    continue;
                }

                if (ValueOf(claim.Name, claim.Value) is { } value)
                {
                    parameters[claim.Name] = value;
                }
                else if (s_known.Contains(claim.Name, StringComparer.Ordinal))
                {
                    return (parameters, $"The {claim.Name} of the request object has the wrong type: {TypeOf(claim.Name)} is expected.");
                }
            }
        }
        catch (InvalidOperationException)
        {
            // JSON can have half a character.
            return (parameters, "The request object has a text that is not whole.");
        }

        return (parameters, null);
    }

    private static OpenIddictParameter? ValueOf(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => new OpenIddictParameter(value.GetString()),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => new OpenIddictParameter(value.GetRawText()),
            JsonValueKind.Object when name == Parameters.Claims => new OpenIddictParameter(value.GetRawText()),
            JsonValueKind.Array when name == Parameters.Resource && IsListOfTexts(value) => new OpenIddictParameter(
                ImmutableArray.CreateRange(value.EnumerateArray().Select(item => item.GetString()))
            ),
            _ => (OpenIddictParameter?)null,
        };

    private static bool IsListOfTexts(JsonElement list) => list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    private static string TypeOf(string name) =>
        name switch
        {
            Parameters.Claims => "a JSON object",
            Parameters.Resource => "a text or a list of texts",
            Parameters.MaxAge => "a number",
            _ => "a text",
        };
}
