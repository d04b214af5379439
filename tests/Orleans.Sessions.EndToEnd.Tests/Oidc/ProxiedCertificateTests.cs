using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>A proxy that terminates TLS says which certificate the client has (RFC 9440).</summary>
public sealed class ProxiedCertificateTests(ProxiedCertificateTests.OwnHost own) : IClassFixture<ProxiedCertificateTests.OwnHost>
{
    private const string Header = "Client-Cert";

    [Fact]
    public async Task A_client_is_known_by_the_certificate_in_the_header_of_a_trusted_proxy()
    {
        using var certificate = CertificateMaker.SelfSigned("CN=shop");
        using var other = CertificateMaker.SelfSigned("CN=shop");
        var standard = $":{Convert.ToBase64String(certificate.RawData)}:";
        var client = await RelyingParty.RegisterAsync(
            own.Api,
            ("authentication", "CLIENT_AUTHENTICATION_SELF_SIGNED_TLS_CLIENT_AUTH"),
            ("jsonWebKeys", CertificateMaker.KeySet(certificate)),
            ("senderConstraint", "SENDER_CONSTRAINT_CERTIFICATE"),
            ("grantTypes", new[] { "client_credentials" }),
            ("redirectUris", Array.Empty<string>()),
            ("postLogoutRedirectUris", Array.Empty<string>())
        );

        foreach (var header in new[] { standard, Uri.EscapeDataString(certificate.ExportCertificatePem()) })
        {
            (await AskAsync(client, header)).Expect(200);
        }

        foreach (var header in new[] { null, "", "::" })
        {
            (await AskAsync(client, header)).ExpectOAuth(401, "invalid_client");
        }

        (await AskAsync(client, $":{Convert.ToBase64String(other.RawData)}:")).ExpectOAuth(401, "invalid_client");
        foreach (var header in new[] { "x", ":x:", $"{standard}, {standard}", $":{new string('A', 20_000)}:" })
        {
            var refusal = (await AskAsync(client, header)).ExpectOAuth(401, "invalid_client");
            Assert.Contains("RFC 9440", refusal.Text("error_description"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_header_that_cannot_be_read_is_a_bad_request_for_a_bound_token()
    {
        using var certificate = CertificateMaker.SelfSigned("CN=app");
        var header = $":{Convert.ToBase64String(certificate.RawData)}:";
        var client = await RelyingParty.RegisterPublicAsync(
            own.Api,
            ("senderConstraint", "SENDER_CONSTRAINT_CERTIFICATE"),
            ("scopes", new[] { RelyingParty.ApiScope })
        );
        var human = await own.Api.NewHumanAsync();
        var pkce = Pkce.Create();
        var code = await client.CodeAsync(
            await own.Api.OpenAsync(human),
            [("scope", $"openid {RelyingParty.ApiScope}"), .. pkce.Challenge]
        );
        var token = (
            await client
                .Anonymous.With(Header, header)
                .PostFormAsync(
                    "/oauth/v2/token",
                    ("grant_type", RelyingParty.AuthorizationCode),
                    ("client_id", client.Id),
                    ("code", code),
                    ("redirect_uri", RelyingParty.RedirectUri),
                    ("code_verifier", pkce.Verifier)
                )
        )
            .Expect(200)
            .Text("access_token");

        foreach (var path in new[] { "/oidc/v1/userinfo", $"/v2/users/{human.Id}" })
        {
            (await own.Api.As(token).With(Header, header).GetAsync(path)).Expect(200);
            (await own.Api.As(token).GetAsync(path)).Expect(401);
            (await own.Api.As(token).With(Header, "x").GetAsync(path)).Expect(400);
        }
    }

    private static Task<Reply> AskAsync(RelyingParty client, string? header) =>
        (header is null ? client.Anonymous : client.Anonymous.With(Header, header)).PostFormAsync(
            "/oauth/v2/token",
            ("grant_type", "client_credentials"),
            ("client_id", client.Id)
        );

    /// <summary>A host behind a proxy, which is the test.</summary>
    public sealed class OwnHost : OwnHosts
    {
        private Api? _api;

        public Api Api => _api ?? throw new InvalidOperationException("The host has not started.");

        public override async ValueTask InitializeAsync() =>
            _api = Admin(await StartAsync(HostSettings.Shared.With("Sessions__Oidc__MutualTls__Source", "Proxy")));
    }
}
