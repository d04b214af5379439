using System.Net.Http.Headers;
using System.Text;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>The tokens of a login with a session at an application.</summary>
public sealed record Grant(string AccessToken, string RefreshToken);

/// <summary>An application that users log in to with their sessions, and its use of the tokens.</summary>
public sealed class Logins(Calls calls, string clientId, string clientSecret)
{
    private const string RedirectUri = "http://localhost:5005/signin";
    private const string Code = "authorization_code";
    private const string Refreshing = "refresh_token";
    private const string Exchanging = "urn:ietf:params:oauth:grant-type:token-exchange";

    private readonly AuthenticationHeaderValue _client = new(
        "Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}"))
    );

    /// <summary>Registers the application.</summary>
    public static Request Registration(Calls calls) =>
        calls.Post(
            "/v2/oidc/clients",
            new
            {
                settings = new
                {
                    name = "application",
                    authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC",
                    redirectUris = new[] { RedirectUri },
                    grantTypes = new[] { Code, Refreshing, Exchanging },
                },
            }
        );

    /// <summary>Begins a login. The answer sends the browser to the login frontend.</summary>
    public Request Authorize() =>
        new(
            HttpMethod.Get,
            $"/oauth/v2/authorize?client_id={clientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&response_type=code"
                + "&scope=openid%20offline_access&state=s"
        );

    /// <summary>The login frontend links the session to the login. The answer has a URL with the code.</summary>
    public Question HandOver(string loginId, KnownSession session, (string Tag, string Token) token) =>
        new(
            calls.Post($"/v2/oidc/auth_requests/{loginId}", new { session = new { sessionId = session.Id, sessionToken = token.Token } }),
            Calls.Of(Act.Authenticate, session) with
            {
                Tag = token.Tag,
                How = "to log in",
            }
        );

    public Request Redeem(string code) =>
        Token(
            new()
            {
                ["grant_type"] = Code,
                ["code"] = code,
                ["redirect_uri"] = RedirectUri,
            }
        );

    public Question Refresh(KnownSession session, Grant grant) =>
        new(
            Token(new() { ["grant_type"] = Refreshing, ["refresh_token"] = grant.RefreshToken }),
            Calls.Of(Act.UseGrant, session) with
            {
                How = "to refresh",
            }
        );

    public Question Introspect(KnownSession session, Grant grant) =>
        new(
            Form("/oauth/v2/introspect", new() { ["token"] = grant.AccessToken }),
            Calls.Of(Act.UseGrant, session) with
            {
                How = "introspected",
            }
        )
        {
            Means = answer =>
                !answer.IsGood ? Outcome.Unknown
                : answer.Text("active") == "true" ? Outcome.Done
                : Outcome.Refused,
        };

    /// <summary>A session token is exchanged for an access token.</summary>
    public Question Exchange(KnownSession session, (string Tag, string Token) token) =>
        new(
            Token(
                new()
                {
                    ["grant_type"] = Exchanging,
                    ["subject_token"] = token.Token,
                    ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                    ["scope"] = "openid",
                }
            ),
            Calls.Of(Act.Authenticate, session) with
            {
                Tag = token.Tag,
                How = "to exchange it",
            }
        );

    public static Grant GrantIn(Answer answer) => new(answer.Text("access_token"), answer.Text("refresh_token"));

    /// <summary>A parameter of the URL in an answer.</summary>
    public static string Parameter(string address, string name) =>
        address.Split('?', '&').Select(part => part.Split('=', 2)).FirstOrDefault(part => part[0] == name) is [_, var value]
            ? Uri.UnescapeDataString(value)
            : "";

    private Request Token(Dictionary<string, string> form) => Form("/oauth/v2/token", form);

    private Request Form(string path, Dictionary<string, string> form) =>
        new(HttpMethod.Post, path) { Authorization = _client, Form = form };
}
