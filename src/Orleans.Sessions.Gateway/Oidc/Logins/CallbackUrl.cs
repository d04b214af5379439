using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>The URL to which a completed request sends the browser.</summary>
internal static class CallbackUrl
{
    /// <summary>The page of this service that takes an answer to the client.</summary>
    public const string Page = $"/{OidcPaths.Callback}";

    /// <summary>The client's redirect URI with the answer, or the page that takes the answer there.</summary>
    /// <param name="authorizationId">The id of the request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="code">The code.</param>
    /// <param name="isByPage">Whether the browser must come by, also if the answer is not posted.</param>
    public static string Of(string authorizationId, RequestAnswer answer, string code, bool isByPage) =>
        isByPage || answer.Request.ResponseMode == ResponseModes.FormPost
            ? UrlParameters.Add($"{answer.Request.Issuer}{Page}", ("id", AuthRequestIds.Of(authorizationId)), ("ticket", code))
            : Direct(answer.Request, Parameters(answer, code));

    /// <summary>The client's redirect URI with the parameters of the answer.</summary>
    public static string Direct(AuthorizationRequest request, (string Name, string? Value)[] parameters) =>
        request.ResponseMode == ResponseModes.Fragment
            ? UrlParameters.AddToFragment(request.RedirectUri, parameters)
            : UrlParameters.Add(request.RedirectUri, parameters);

    /// <summary>The answer's parameters.</summary>
    public static (string Name, string? Value)[] Parameters(RequestAnswer answer, string code, string? sessionState = null) =>
        answer.Error is null
            ? [("code", code), ("state", answer.Request.State), ("iss", answer.Request.Issuer), ("session_state", sessionState)]
            :
            [
                ("error", answer.Error),
                ("error_description", answer.ErrorDescription),
                ("error_uri", answer.ErrorUri),
                ("state", answer.Request.State),
                ("iss", answer.Request.Issuer),
                ("session_state", sessionState),
            ];
}
