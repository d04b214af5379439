using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>
/// A client by the FAPI 2.0 security profile: it pushes its requests, signed or not. It authenticates with assertions and proves a key
/// (DPoP), or has a certificate in place of both, if the service asks for certificates.
/// </summary>
public sealed class FapiClient : IDisposable
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    public const string PushPath = "/oauth/v2/par";
    public const string TokenPath = "/oauth/v2/token";
    public const string UserInfoPath = "/oidc/v1/userinfo";

    /// <summary>What a client that signs its requests sends beside the request object.</summary>
    private static readonly string[] s_beside = ["client_assertion", "client_assertion_type", "request_uri"];

    private readonly ProofKey _own;
    private readonly X509Certificate2? _certificate;
    private readonly SecureCaller? _secure;
    private string? _nonce;

    private FapiClient(Conversation login, ProofKey own, X509Certificate2? certificate, bool isPlain, bool isSigning)
    {
        (Login, Client, _own, _certificate, IsPlain, IsSigning) = (login, login.Client, own, certificate, isPlain, isSigning);
        _secure = certificate is null ? null : new SecureCaller(login.Secure!, certificate);
    }

    /// <summary>The person and the browser.</summary>
    public Conversation Login { get; }

    public RelyingParty Client { get; }

    /// <summary>Whether it speaks OAuth alone, without OpenID Connect.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether it has a TLS certificate in place of assertions and of DPoP.</summary>
    public bool HasCertificate => _secure is not null;

    /// <summary>Whether it signs all its requests (RFC 9101).</summary>
    public bool IsSigning { get; }

    /// <summary>The key to which the tokens are bound.</summary>
    public ProofKey Key { get; } = new();

    public Pkce Pkce { get; } = Pkce.Create();

    /// <summary>Registers such a client, with which the conversation goes on.</summary>
    public static async Task<FapiClient> RegisterAsync(Conversation login, bool isPlain, bool isSigning = false)
    {
        var own = new ProofKey();
        if (login.Secure is not { } host)
        {
            await login.UseAsync([.. Settings(own.Public), ("requireSignedRequestObject", isSigning)]);
            return new FapiClient(login, own, certificate: null, isPlain, isSigning);
        }

        var subject = $"CN={Guid.NewGuid():N}";
        var certificate = host.Authority.Issue(subject);
        await login.UseAsync([
            .. Settings(own.Public),
            ("authentication", "CLIENT_AUTHENTICATION_TLS_CLIENT_AUTH"),
            ("certificateName", subject),
            ("senderConstraint", "SENDER_CONSTRAINT_CERTIFICATE"),
            ("requestObjectSigningAlg", "ES256"),
        ]);
        return new FapiClient(login, own, certificate, isPlain, isSigning);
    }

    /// <summary>The settings of such a client that has this public key.</summary>
    public static (string Name, object? Value)[] Settings(JsonObject key) =>
        [
            ("profile", "CLIENT_PROFILE_FAPI2"),
            ("scopes", new[] { RelyingParty.ApiScope }),
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString()),
        ];

    public void Dispose()
    {
        _own.Dispose();
        _secure?.Dispose();
        _certificate?.Dispose();
        Key.Dispose();
    }

    /// <summary>An assertion of the client for this service.</summary>
    public string Assertion(params (string Name, JsonNode? Value)[] changes) => _own.AssertionFor(Client.Id, Login.Issuer, changes);

    /// <summary>Pushes a request with these changes.</summary>
    public Task<Reply> PushAsync(params (string Name, string? Value)[] changes) => PushWithAsync(key: null, changes);

    /// <summary>Pushes a request with a proof of a key.</summary>
    public Task<Reply> PushWithAsync(ProofKey? key, params (string Name, string? Value)[] changes)
    {
        if (!IsSigning)
        {
            return SendAsync(PushPath, key, Changed(Request(), changes));
        }

        var claims = changes
            .Where(change => !s_beside.Contains(change.Name))
            .Select(change => (change.Name, (JsonNode?)change.Value))
            .ToArray();
        return PushObjectAsync(key, RequestObject(null, claims), [.. changes.Where(change => s_beside.Contains(change.Name))]);
    }

    /// <summary>
    /// Pushes a request as a request object (RFC 9101) with these claims in place of its own ones, and these parameters beside it.
    /// </summary>
    public Task<Reply> PushSignedAsync((string Name, JsonNode? Value)[] claims, params (string Name, string? Value)[] beside) =>
        PushObjectAsync(key: null, RequestObject(null, claims), beside);

    /// <summary>Pushes this request object with a proof of a key, and these parameters beside it.</summary>
    public Task<Reply> PushObjectAsync(ProofKey? key, string request, params (string Name, string? Value)[] beside) =>
        SendAsync(PushPath, key, [("client_id", Client.Id), ("request", request), .. beside]);

    /// <summary>Pushes a request whose parameters nobody signed.</summary>
    public Task<Reply> PushUnsignedAsync() => SendAsync(PushPath, key: null, Request());

    /// <summary>A request object with these claims in place of its own ones, signed with this key or else with the client's own.</summary>
    public string RequestObject(ProofKey? signer, params (string Name, JsonNode? Value)[] claims) =>
        (signer ?? _own).RequestFor(
            Client.Id,
            Login.Issuer,
            [.. Request().Select(parameter => (parameter.Name, (JsonNode?)parameter.Value)), .. claims]
        );

    /// <summary>The service's answer when the browser comes with a pushed request.</summary>
    public Task<Reply> VisitAsync(string requestUri, params (string Name, string? Value)[] more) =>
        Client.AuthorizeAsync([
            ("request_uri", requestUri),
            ("redirect_uri", null),
            ("response_type", null),
            ("scope", null),
            ("state", null),
            .. more,
        ]);

    /// <summary>The code of a login by a request with these changes.</summary>
    public async Task<string> CodeAsync(params (string Name, string? Value)[] changes) => await CodeOfAsync(await PushAsync(changes));

    /// <summary>The code of a login by a pushed request.</summary>
    public async Task<string> CodeOfAsync(Reply pushed) =>
        Conversation.CodeOf(await Login.FollowAsync(await VisitAsync(pushed.Expect(201).Text("request_uri"))));

    /// <summary>Redeems a code with these changes of the request.</summary>
    public Task<Reply> RedeemAsync(string code, params (string Name, string? Value)[] changes) => RedeemWithAsync(Key, code, changes);

    /// <summary>Redeems a code with a proof of this key, whose claims may be changed, or without a proof.</summary>
    public Task<Reply> RedeemWithAsync(
        ProofKey? key,
        string code,
        (string Name, string? Value)[]? changes = null,
        params (string Name, JsonNode? Value)[] claims
    ) => SendAsync(TokenPath, key, Changed(Redemption(code), changes ?? []), claims);

    /// <summary>Redeems a code at the first address, where a client shows no certificate.</summary>
    public Task<Reply> RedeemWithoutCertificateAsync(string code) =>
        Client.Anonymous.PostFormAsync(TokenPath, [("client_id", Client.Id), .. Redemption(code)]);

    /// <summary>Refreshes tokens with a proof of this key.</summary>
    public Task<Reply> RefreshAsync(string refreshToken, ProofKey key) =>
        SendAsync(TokenPath, key, [("grant_type", RelyingParty.RefreshToken), ("refresh_token", refreshToken)]);

    /// <summary>A login from the request to the tokens, which must be right.</summary>
    public async Task<Reply> SignInAsync(params (string Name, string? Value)[] changes) =>
        await CheckedAsync(await RedeemAsync(await CodeAsync(changes)));

    /// <summary>Checks an answer of the token endpoint.</summary>
    public async Task<Reply> CheckedAsync(Reply tokens)
    {
        Assert.Equal(HasCertificate ? "Bearer" : "DPoP", tokens.Expect(200).Text("token_type"));
        Assert.Contains("no-store", tokens.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(IsPlain, !tokens.Has("id_token"));
        if (!IsPlain)
        {
            var claims = await Jwt.VerifyAsync(Login.Admin, tokens.Text("id_token"), "JWT", "PS256");
            Assert.Equal(
                (Login.Issuer, Client.Id, Login.Human.Id),
                (claims["iss"]!.GetValue<string>(), claims["aud"]!.GetValue<string>(), claims["sub"]!.GetValue<string>())
            );
        }

        Assert.Equal(Login.Human.Id, (await ReadAsync(tokens.Text("access_token"))).Expect(200).Text("sub"));
        return tokens;
    }

    /// <summary>What userinfo answers to a bound token.</summary>
    public async Task<Reply> ReadAsync(
        string token,
        string? scheme = null,
        ProofKey? key = null,
        params (string Name, JsonNode? Value)[] claims
    )
    {
        if (_secure is not null)
        {
            return await _secure.GetAsync(UserInfoPath, token, scheme ?? "Bearer");
        }

        var reply = await OnceAsync();
        return IsNonceWanted(reply) ? await OnceAsync() : reply;

        Task<Reply> OnceAsync()
        {
            var proof = (key ?? Key).Prove("GET", Login.Issuer + UserInfoPath, token, claims: [("nonce", _nonce), .. claims]);
            return Login.Admin.As(null).With("Authorization", $"{scheme ?? "DPoP"} {token}").With("DPoP", proof).GetAsync(UserInfoPath);
        }
    }

    private (string Name, string? Value)[] Redemption(string code) =>
        [
            ("grant_type", RelyingParty.AuthorizationCode),
            ("code", code),
            ("redirect_uri", RelyingParty.RedirectUri),
            ("code_verifier", Pkce.Verifier),
        ];

    private (string Name, string? Value)[] Request() =>
        [
            ("client_id", Client.Id),
            ("response_type", "code"),
            ("redirect_uri", RelyingParty.RedirectUri),
            ("scope", IsPlain ? RelyingParty.ApiScope : "openid offline_access"),
            ("state", Conversation.State),
            ("nonce", IsPlain ? null : Conversation.Nonce),
            .. Pkce.Challenge,
        ];

    /// <summary>
    /// Posts a form with an assertion, unless the form has one, and with a proof. Repeats it with the nonce that is wanted.
    /// </summary>
    private async Task<Reply> SendAsync(
        string path,
        ProofKey? key,
        (string Name, string? Value)[] form,
        params (string Name, JsonNode? Value)[] claims
    )
    {
        if (_secure is not null)
        {
            return await _secure.PostFormAsync(path, Changed([("client_id", Client.Id)], form));
        }

        var reply = await OnceAsync();
        return IsNonceWanted(reply) ? await OnceAsync() : reply;

        Task<Reply> OnceAsync()
        {
            var caller = key is null
                ? Client.Anonymous
                : Client.Anonymous.With("DPoP", key.Prove("POST", Login.Issuer + path, claims: [("nonce", _nonce), .. claims]));
            return caller.PostFormAsync(path, Changed([("client_assertion_type", AssertionType), ("client_assertion", Assertion())], form));
        }
    }

    private bool IsNonceWanted(Reply reply)
    {
        if (reply["error"]?.GetValue<string>() != "use_dpop_nonce")
        {
            return false;
        }

        _nonce = reply.Header("DPoP-Nonce");
        return true;
    }

    private static (string Name, string? Value)[] Changed((string Name, string? Value)[] form, (string Name, string? Value)[] changes) =>
        [.. form.Where(field => changes.All(change => change.Name != field.Name)), .. changes];
}
