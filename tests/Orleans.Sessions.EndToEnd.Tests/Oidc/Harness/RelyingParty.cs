using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>An OpenID Connect client without a library, so that it can also send requests that no library would send.</summary>
public sealed class RelyingParty(Api admin, string id, string? secret)
{
    public const string RedirectUri = "http://localhost:5005/signin";
    public const string PostLogoutRedirectUri = "http://localhost:5005/signed-out";
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";
    public const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    public const string TokenTypes = "urn:ietf:params:oauth:token-type:";
    public const string ApiScope = "urn:zitadel:iam:org:project:id:zitadel:aud";

    /// <summary>The scope that requests tokens which are also good at a client's API.</summary>
    public static string AudienceScope(string clientId) => $"urn:zitadel:iam:org:project:id:{clientId}:aud";

    public string Id => id;

    public string? Secret => secret;

    /// <summary>The service, called without a token.</summary>
    public Api Anonymous => admin.As(null);

    /// <summary>The service, called by this client with its secret.</summary>
    public Api Authenticated =>
        secret is null
            ? Anonymous
            : Anonymous.With(
                "Authorization",
                $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{secret}"))}"
            );

    /// <summary>Registers a confidential web application with these changes to its settings.</summary>
    public static async Task<RelyingParty> RegisterAsync(Api admin, params (string Name, object? Value)[] settings)
    {
        var all = new Dictionary<string, object?>
        {
            ["name"] = "Test application",
            ["authentication"] = "CLIENT_AUTHENTICATION_SECRET_BASIC",
            ["redirectUris"] = new[] { RedirectUri },
            ["postLogoutRedirectUris"] = new[] { PostLogoutRedirectUri },
            ["grantTypes"] = new[] { AuthorizationCode, RefreshToken },
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var reply = (await admin.PostAsync("/v2/oidc/clients", new { settings = all })).Expect(201);
        return new RelyingParty(
            admin,
            reply.Text("client.clientId"),
            reply["clientSecret"]?.GetValue<string>() is { Length: > 0 } secret ? secret : null
        );
    }

    /// <summary>A public client, such as a browser application.</summary>
    public static Task<RelyingParty> RegisterPublicAsync(Api admin, params (string Name, object? Value)[] settings) =>
        RegisterAsync(admin, [("authentication", "CLIENT_AUTHENTICATION_NONE"), .. settings]);

    /// <summary>The answer to an authorization request.</summary>
    public Task<Reply> AuthorizeAsync(params (string Name, string? Value)[] parameters) =>
        Anonymous.GetAsync(QueryHelpers.AddQueryString("/oauth/v2/authorize", Request(parameters)));

    /// <summary>Sends an authorization request, which must be accepted, and returns its id.</summary>
    public async Task<string> RequestAsync(params (string Name, string? Value)[] parameters)
    {
        var reply = (await AuthorizeAsync(parameters)).Expect(302);
        var requestId = QueryOf(new Uri(reply.Header("Location")!))["authRequest"];
        Assert.StartsWith("V2_", requestId, StringComparison.Ordinal);
        return requestId;
    }

    /// <summary>Completes a request with a session.</summary>
    public Task<Reply> CompleteAsync(string requestId, OpenSession session) =>
        CompleteAsync(requestId, new { session = new { sessionId = session.Id, sessionToken = session.Token } });

    public Task<Reply> CompleteAsync(string requestId, object body) => admin.PostAsync($"/v2/oidc/auth_requests/{requestId}", body);

    /// <summary>The code of a completed login.</summary>
    public async Task<string> CodeAsync(OpenSession session, params (string Name, string? Value)[] parameters)
    {
        var reply = (await CompleteAsync(await RequestAsync(parameters), session)).Expect(200);
        return QueryOf(new Uri(reply.Text("callbackUrl")))["code"];
    }

    /// <summary>Redeems a code.</summary>
    public Task<Reply> RedeemAsync(string code, string? verifier = null, string redirectUri = RedirectUri) =>
        TokenAsync(("grant_type", AuthorizationCode), ("code", code), ("redirect_uri", redirectUri), ("code_verifier", verifier));

    public Task<Reply> RefreshAsync(string refreshToken, string? scope = null) =>
        TokenAsync(("grant_type", RefreshToken), ("refresh_token", refreshToken), ("scope", scope));

    /// <summary>Exchanges a token (RFC 8693). The type is the last word of its identifier.</summary>
    public Task<Reply> ExchangeAsync(string token, string type, params (string Name, string? Value)[] more) =>
        TokenAsync([("grant_type", TokenExchange), ("subject_token", token), ("subject_token_type", $"{TokenTypes}{type}"), .. more]);

    public Task<Reply> TokenAsync(params (string Name, string? Value)[] form) => PostAsync("/oauth/v2/token", form);

    /// <summary>A complete login. Returns the token endpoint's answer.</summary>
    public async Task<Reply> SignInAsync(OpenSession session, string scope = "openid profile email offline_access")
    {
        var pkce = Pkce.Create();
        var code = await CodeAsync(session, [("scope", scope), ("nonce", "n-1"), .. pkce.Challenge]);
        return (await RedeemAsync(code, pkce.Verifier)).Expect(200);
    }

    public async Task<bool> IsActiveAsync(string token)
    {
        var reply = (await PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200);
        return reply["active"]!.GetValue<bool>();
    }

    /// <summary>Posts a form to an endpoint at which this client authenticates.</summary>
    public Task<Reply> PostAsync(string path, params (string Name, string? Value)[] form) =>
        Authenticated.PostFormAsync(path, secret is null ? [("client_id", id), .. form] : form);

    public static Dictionary<string, string> QueryOf(Uri uri) => Parse(uri.Query);

    public static Dictionary<string, string> FragmentOf(Uri uri) => Parse($"?{uri.Fragment.TrimStart('#')}");

    private static Dictionary<string, string> Parse(string query) =>
        QueryHelpers.ParseQuery(query).ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString());

    private Dictionary<string, string?> Request((string Name, string? Value)[] parameters)
    {
        var all = new Dictionary<string, string?>
        {
            ["client_id"] = id,
            ["redirect_uri"] = RedirectUri,
            ["response_type"] = "code",
            ["scope"] = "openid",
            ["state"] = "state-1",
        };
        foreach (var (name, value) in parameters)
        {
            all[name] = value;
        }

        return all.Where(parameter => parameter.Value is not null).ToDictionary();
    }
}

/// <summary>A PKCE verifier and its challenge.</summary>
public sealed record Pkce(string Verifier, (string Name, string? Value)[] Challenge)
{
    public static Pkce Create()
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return new(verifier, [("code_challenge", challenge), ("code_challenge_method", "S256")]);
    }
}

/// <summary>Posts forms.</summary>
public static class Forms
{
    public static async Task<Reply> PostFormAsync(this Api api, string path, params (string Name, string? Value)[] form)
    {
        using var content = new FormUrlEncodedContent(
            form.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!))
        );
        return await api.SendAsync(HttpMethod.Post, path, content);
    }

    /// <summary>Fails the test unless the answer is this OAuth error.</summary>
    public static Reply ExpectOAuth(this Reply reply, int status, string error)
    {
        reply.Expect(status);
        Assert.True(reply["error"]?.GetValue<string>() == error, reply.Explain(error));
        return reply;
    }
}
