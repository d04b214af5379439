using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>A client by the FAPI 2.0 security profile, which authenticates, signs its requests and binds its tokens with keys.</summary>
public sealed class FapiClient : IDisposable
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ProofKey _proof = new();
    private readonly Pkce _pkce = Pkce.Create();
    private readonly Conversation _login;

    private FapiClient(Conversation login) => (_login, Client) = (login, login.Client);

    /// <summary>The client.</summary>
    public RelyingParty Client { get; private set; }

    /// <summary>Registers the client.</summary>
    public static async Task<FapiClient> RegisterAsync(Conversation login)
    {
        var fapi = new FapiClient(login);
        var point = fapi._key.ExportParameters(includePrivateParameters: false).Q;
        var key = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = "k1",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
        fapi.Client = await RelyingParty.RegisterAsync(
            login.Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("profile", "CLIENT_PROFILE_FAPI2"),
            ("jsonWebKeys", new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString()),
            ("requireSignedRequestObject", true)
        );
        return fapi;
    }

    public void Dispose()
    {
        _key.Dispose();
        _proof.Dispose();
    }

    /// <summary>Pushes a request object with these claims in place of its own ones, and these parameters beside it.</summary>
    public Task<Reply> PushAsync((string Name, JsonNode? Value)[] claims, params (string Name, string? Value)[] beside)
    {
        var body = new JsonObject
        {
            ["iss"] = Client.Id,
            ["aud"] = _login.Issuer,
            ["nbf"] = Jwt.Now,
            ["exp"] = Jwt.Now + 300,
            ["client_id"] = Client.Id,
            ["response_type"] = "code",
            ["redirect_uri"] = RelyingParty.RedirectUri,
            ["scope"] = "openid",
            ["state"] = Conversation.State,
            ["nonce"] = Conversation.Nonce,
        };
        foreach (var (name, value) in _pkce.Challenge)
        {
            body[name] = value;
        }

        foreach (var (name, value) in claims)
        {
            body.Remove(name);
            if (value is not null)
            {
                body[name] = value;
            }
        }

        return PostAsync(Client.Anonymous, "/oauth/v2/par", [("request", Sign(body, "oauth-authz-req+jwt")), .. beside]);
    }

    /// <summary>Logs the person in for a pushed request. Returns what comes back to the client.</summary>
    public async Task<Dictionary<string, string>> LogInAsync(Reply pushed)
    {
        var requestId = await Client.RequestAsync(
            ("request_uri", pushed.Expect(201).Text("request_uri")),
            ("redirect_uri", null),
            ("response_type", null),
            ("scope", null),
            ("state", null)
        );
        var done = await Client.CompleteAsync(requestId, await _login.Admin.OpenAsync(_login.Human));
        return RelyingParty.QueryOf(new Uri(done.Expect(200).Text("callbackUrl")));
    }

    /// <summary>The claims of the id token for a code. The service asks for a proof with its nonce first.</summary>
    public async Task<JsonObject> RedeemAsync(string code)
    {
        var asked = (await AskAsync(code, nonce: null)).ExpectOAuth(400, "use_dpop_nonce");
        var tokens = (await AskAsync(code, asked.Header("DPoP-Nonce"))).Expect(200);
        Assert.Equal("DPoP", tokens.Text("token_type"));
        return Jwt.Claims(tokens.Text("id_token"));
    }

    private Task<Reply> AskAsync(string code, string? nonce)
    {
        (string Name, JsonNode? Value)[] claims = nonce is null ? [] : [("nonce", nonce)];
        var proof = _proof.Prove("POST", $"{_login.Issuer}/oauth/v2/token", claims: claims);
        return PostAsync(
            Client.Anonymous.With("DPoP", proof),
            "/oauth/v2/token",
            [
                ("grant_type", RelyingParty.AuthorizationCode),
                ("code", code),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("code_verifier", _pkce.Verifier),
            ]
        );
    }

    private Task<Reply> PostAsync(Api caller, string path, (string Name, string? Value)[] form)
    {
        var assertion = new JsonObject
        {
            ["iss"] = Client.Id,
            ["sub"] = Client.Id,
            ["aud"] = _login.Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = Jwt.Now,
            ["exp"] = Jwt.Now + 60,
        };
        return caller.PostFormAsync(
            path,
            [
                ("client_id", Client.Id),
                ("client_assertion_type", AssertionType),
                ("client_assertion", Sign(assertion, "JWT")),
                .. form,
            ]
        );
    }

    private string Sign(JsonObject claims, string type)
    {
        var header = new JsonObject
        {
            ["alg"] = "ES256",
            ["typ"] = type,
            ["kid"] = "k1",
        };
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
