using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>The URL to which a completed request sends the browser.</summary>
internal static class CallbackUrl
{
    /// <summary>The page of this service that posts an answer to the client.</summary>
    public const string PostPage = $"/{OidcPaths.Authorize}/callback";

    /// <summary>The client's redirect URI with the answer, or, for <c>form_post</c>, the page that posts it.</summary>
    public static string Of(string authorizationId, RequestAnswer answer, string code) =>
        answer.Request.ResponseMode switch
        {
            ResponseModes.FormPost => UrlParameters.Add(
                $"{answer.Request.Issuer}{PostPage}",
                ("id", AuthRequestIds.Of(authorizationId)),
                ("ticket", code)
            ),
            ResponseModes.Fragment => UrlParameters.AddToFragment(answer.Request.RedirectUri, Parameters(answer, code)),
            _ => UrlParameters.Add(answer.Request.RedirectUri, Parameters(answer, code)),
        };

    /// <summary>The answer's parameters.</summary>
    public static (string Name, string? Value)[] Parameters(RequestAnswer answer, string code) =>
        answer.Error is null
            ? [("code", code), ("state", answer.Request.State), ("iss", answer.Request.Issuer)]
            :
            [
                ("error", answer.Error),
                ("error_description", answer.ErrorDescription),
                ("error_uri", answer.ErrorUri),
                ("state", answer.Request.State),
                ("iss", answer.Request.Issuer),
            ];
}
