using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>Every endpoint of OAuth and OpenID Connect that has parameters, and every grant, each with a request that succeeds.</summary>
public sealed class ParameterTargets(Api admin)
{
    private const string TokenEndpoint = "/oauth/v2/token";
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string Scope = "openid profile offline_access";

    private static readonly string[] s_client = ["client_id", "client_secret", "client_assertion", "client_assertion_type"];

    private static readonly string[] s_login =
    [
        "nonce",
        "display",
        "prompt",
        "max_age",
        "ui_locales",
        "claims_locales",
        "id_token_hint",
        "login_hint",
        "acr_values",
        "claims",
        "registration",
        "request",
        "request_uri",
        "code_challenge",
        "code_challenge_method",
        "response_mode",
        "dpop_jkt",
        "resource",
    ];

    private RelyingParty? _client;
    private Human? _human;

    /// <summary>The names of all targets.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "authorize",
        "authorize by POST",
        "pushed request",
        "device authorization",
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "jwt-bearer",
        "device_code",
        "token-exchange",
        "introspection",
        "revocation",
        "userinfo",
        "end_session",
    ];

    private RelyingParty Client => _client!;

    /// <summary>Registers a client and a person for one target.</summary>
    public async Task<ParameterTarget> OfAsync(string name)
    {
        _human = await admin.NewHumanAsync();
        _client = await RelyingParty.RegisterAsync(
            admin,
            (
                "grantTypes",
                new[]
                {
                    RelyingParty.AuthorizationCode,
                    RelyingParty.RefreshToken,
                    RelyingParty.DeviceCode,
                    RelyingParty.TokenExchange,
                    "client_credentials",
                }
            )
        );
        return name switch
        {
            "authorize" => new(() => Authorization(HttpMethod.Get), s_login),
            "authorize by POST" => new(() => Authorization(HttpMethod.Post), s_login),
            "pushed request" => new(PushedAsync, [.. s_login, .. s_client]),
            "device authorization" => new(DeviceAuthorization, s_client),
            "authorization_code" => new(CodeAsync, s_client, "scope"),
            "refresh_token" => new(RefreshAsync, [.. s_client, "scope"]),
            "client_credentials" => new(() => Grant("client_credentials"), [.. s_client, "scope"]),
            "jwt-bearer" => new(AssertionAsync, s_client),
            "device_code" => new(DeviceCodeAsync, s_client, "scope"),
            "token-exchange" => new(
                ExchangeAsync,
                [.. s_client, "scope", "audience", "resource", "requested_token_type", "actor_token", "actor_token_type"]
            ),
            "introspection" => new(IntrospectionAsync, s_client),
            "revocation" => new(RevocationAsync, s_client),
            "userinfo" => new(UserInfoAsync, ["access_token"]),
            "end_session" => new(EndSessionAsync, ["client_id", "ui_locales"], "request_uri"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private Task<OpenSession> OpenAsync() => admin.OpenAsync(_human!);

    private static (string Name, string? Value)[] LoginRequest =>
        [("response_type", "code"), ("redirect_uri", RelyingParty.RedirectUri), ("scope", Scope), ("state", "state-1")];

    private Task<PreparedRequest> Authorization(HttpMethod method) =>
        Task.FromResult(
            new PreparedRequest(Client.Anonymous, method, "/oauth/v2/authorize", [("client_id", Client.Id), .. LoginRequest], LoginOfAsync)
        );

    private Task<PreparedRequest> PushedAsync() =>
        Task.FromResult(
            Posted(Client.Authenticated, "/oauth/v2/par", LoginRequest, async reply =>
                await LoginOfAsync(
                    await Client.AuthorizeAsync(
                        ("request_uri", reply.Expect(201).Text("request_uri")),
                        ("redirect_uri", null),
                        ("response_type", null),
                        ("scope", null),
                        ("state", null)
                    )
                )
            )
        );

    private Task<PreparedRequest> DeviceAuthorization() =>
        Task.FromResult(Posted(Client.Authenticated, "/oauth/v2/device_authorization", [("scope", Scope)], async reply =>
            {
                var read = (await ReadDeviceAsync(reply)).Expect(200);
                var request = read["deviceAuthorizationRequest"]!.DeepClone().AsObject();
                request.Remove("id");
                return request.ToJsonString();
            }));

    private async Task<PreparedRequest> CodeAsync()
    {
        var pkce = Pkce.Create();
        var code = await Client.CodeAsync(await OpenAsync(), [("scope", Scope), ("nonce", "n-1"), .. pkce.Challenge]);
        return await Grant(
            RelyingParty.AuthorizationCode,
            ("code", code),
            ("redirect_uri", RelyingParty.RedirectUri),
            ("code_verifier", pkce.Verifier)
        );
    }

    private async Task<PreparedRequest> RefreshAsync() =>
        await Grant(RelyingParty.RefreshToken, ("refresh_token", (await SignInAsync()).Text("refresh_token")));

    private async Task<PreparedRequest> AssertionAsync()
    {
        var machine = await admin.NewMachineAsync();
        using var key = RSA.Create(2048);
        var added = await admin.PostAsync(
            $"/v2/users/{machine.Id}/keys",
            new
            {
                expirationDate = DateTimeOffset.UtcNow.AddHours(1),
                publicKey = Convert.ToBase64String(Encoding.UTF8.GetBytes(key.ExportSubjectPublicKeyInfoPem())),
            }
        );
        var assertion = Jwt.Sign(
            key,
            added.Expect(200).Text("keyId"),
            new
            {
                iss = machine.Id,
                sub = machine.Id,
                aud = admin.Host.Address.GetLeftPart(UriPartial.Authority),
                jti = Guid.NewGuid(),
                iat = Jwt.Now,
                exp = Jwt.Now + 600,
            }
        );
        return Posted(Client.Anonymous, TokenEndpoint, [("grant_type", JwtBearer), ("assertion", assertion), ("scope", "openid")], reply =>
            Task.FromResult(MembersOf(reply.Expect(200)))
        );
    }

    private async Task<PreparedRequest> DeviceCodeAsync()
    {
        var begun = (await Client.PostAsync("/oauth/v2/device_authorization", ("scope", Scope))).Expect(200);
        var session = await OpenAsync();
        (
            await admin.PostAsync(
                $"/v2/oidc/device_authorization/{(await ReadDeviceAsync(begun)).Expect(200).Text("deviceAuthorizationRequest.id")}",
                new { session = new { sessionId = session.Id, sessionToken = session.Token } }
            )
        ).Expect(200);
        return await Grant(RelyingParty.DeviceCode, ("device_code", begun.Text("device_code")));
    }

    private async Task<PreparedRequest> ExchangeAsync() =>
        await Grant(
            RelyingParty.TokenExchange,
            ("subject_token", (await SignInAsync()).Text("access_token")),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
        );

    private async Task<PreparedRequest> IntrospectionAsync() =>
        Posted(Client.Authenticated, "/oauth/v2/introspect", [("token", (await SignInAsync()).Text("access_token"))], reply =>
            Task.FromResult(TokenOf(reply.Expect(200)))
        );

    private async Task<PreparedRequest> RevocationAsync()
    {
        var token = (await SignInAsync()).Text("access_token");
        return Posted(Client.Authenticated, "/oauth/v2/revoke", [("token", token)], async reply =>
        {
            reply.Expect(200);
            return $"active: {await Client.IsActiveAsync(token)}";
        });
    }

    private async Task<PreparedRequest> UserInfoAsync()
    {
        var token = (await SignInAsync()).Text("access_token");
        return Posted(admin.As(token), "/oidc/v1/userinfo", [], reply => Task.FromResult(reply.Expect(200).Body));
    }

    private async Task<PreparedRequest> EndSessionAsync()
    {
        var session = await OpenAsync();
        var tokens = await Client.SignInAsync(session);
        return Posted(
            Client.Anonymous,
            "/oidc/v1/end_session",
            [
                ("id_token_hint", tokens.Text("id_token")),
                ("post_logout_redirect_uri", RelyingParty.PostLogoutRedirectUri),
                ("state", "state-1"),
            ],
            async reply => $"{reply.Expect(302).Header("Location")} {(await admin.ReadAsync(session)).Status}"
        );
    }

    private async Task<Reply> SignInAsync() => await Client.SignInAsync(await OpenAsync());

    private Task<Reply> ReadDeviceAsync(Reply begun) =>
        admin.GetAsync($"/v2/oidc/device_authorization/{begun.Expect(200).Text("user_code")}");

    /// <summary>A request for tokens, whose outcome is what the access token is for.</summary>
    private Task<PreparedRequest> Grant(string grantType, params (string Name, string? Value)[] parameters) =>
        Task.FromResult(Posted(Client.Authenticated, TokenEndpoint, [("grant_type", grantType), .. parameters], async reply =>
            {
                var told = await Client.PostAsync("/oauth/v2/introspect", ("token", reply.Expect(200).Text("access_token")));
                return $"{MembersOf(reply)} {TokenOf(told.Expect(200))}";
            }));

    private static PreparedRequest Posted(
        Api caller,
        string path,
        (string Name, string? Value)[] parameters,
        Func<Reply, Task<string>> outcomeAsync
    ) => new(caller, HttpMethod.Post, path, parameters, outcomeAsync);

    /// <summary>What the login frontend is told of a request.</summary>
    private async Task<string> LoginOfAsync(Reply reply)
    {
        var query = RelyingParty.QueryOf(new Uri(reply.Expect(302).Header("Location")!));
        Assert.True(query.ContainsKey("authRequest"), reply.Explain($"a login in place of {reply.Header("Location")}"));
        var read = (await admin.GetAsync($"/v2/oidc/auth_requests/{query["authRequest"]}")).Expect(200);
        var request = read["authRequest"]!.DeepClone().AsObject();
        request.Remove("id");
        request.Remove("creationDate");
        request.Remove("expirationDate");
        return request.ToJsonString();
    }

    private static string MembersOf(Reply reply) => string.Join(' ', reply.Json!.Select(member => member.Key).Order());

    private static string TokenOf(Reply told) =>
        string.Join(' ', new[] { "active", "sub", "client_id", "scope" }.Select(name => $"{name}: {told[name]?.ToJsonString()}"));
}
