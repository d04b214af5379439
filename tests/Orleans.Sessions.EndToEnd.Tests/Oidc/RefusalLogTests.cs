using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The log says which requests of OpenID Connect were refused, and nothing secret.</summary>
public sealed class RefusalLogTests : OwnHosts
{
    private const string Token = "/oauth/v2/token";
    private const string Introspect = "/oauth/v2/introspect";
    private const string Revoke = "/oauth/v2/revoke";
    private const string Device = "/oauth/v2/device_authorization";
    private const string Pushed = "/oauth/v2/par";
    private const string Authorize = "/oauth/v2/authorize";
    private const string UserInfo = "/oidc/v1/userinfo";
    private const string EndSession = "/oidc/v1/end_session";
    private const string Register = "/oauth/v2/register";

    [Fact]
    public async Task Each_refusal_is_a_line_with_endpoint_error_and_caller_and_without_a_secret()
    {
        var host = await StartAsync(
            HostSettings.Shared.With(Setting.LogLevel, "Information").With("Sessions__Oidc__AllowRegistration", "true")
        );
        var admin = Admin(host);
        var client = await RelyingParty.RegisterAsync(admin);
        var telly = await RelyingParty.RegisterPublicAsync(
            admin,
            ("redirectUris", Array.Empty<string>()),
            ("grantTypes", new[] { RelyingParty.DeviceCode })
        );
        var human = await admin.NewHumanAsync();
        var session = await admin.OpenAsync(human);
        var code = await client.CodeAsync(session);
        var tokens = (await client.RedeemAsync(code)).Expect(200);
        var stranger = admin.As("SECRET-bearer");

        // An API asks about a token that is for somebody else.
        var api = await RelyingParty.RegisterAsync(admin);
        Assert.False(await api.IsActiveAsync(tokens.Text("access_token")));

        // At the token endpoint: a code that was used, a client with a wrong secret, and one that is not registered.
        (await client.RedeemAsync(code)).ExpectOAuth(400, "invalid_grant");
        (await new RelyingParty(admin, client.Id, "SECRET-client").RedeemAsync("SECRET-code")).ExpectOAuth(401, "invalid_client");
        (await new RelyingParty(admin, "SECRET-name", "SECRET-client").RedeemAsync("SECRET-code")).ExpectOAuth(401, "invalid_client");
        (await client.TokenAsync(("grant_type", "client_credentials"))).ExpectOAuth(400, "unauthorized_client");

        // At the others.
        Assert.False(await client.IsActiveAsync("SECRET-token"));
        (await client.PostAsync(Revoke, ("token", "SECRET-token"))).Expect(200);
        (await client.PostAsync(Device, ("scope", "openid"))).ExpectOAuth(400, "unauthorized_client");
        (
            await client.PostAsync(
                Pushed,
                ("client_id", client.Id),
                ("response_type", "code"),
                ("scope", "openid"),
                ("redirect_uri", "https://SECRET.example/")
            )
        ).ExpectOAuth(400, "invalid_request");
        (await client.AuthorizeAsync(("response_type", "token"), ("state", "SECRET-state"))).Expect(302);
        (await client.AuthorizeAsync(("client_id", "SECRET-name"))).Expect(400);
        (await stranger.GetAsync(UserInfo)).Expect(401);
        (await admin.As(null).GetAsync($"{UserInfo}?access_token=SECRET-query")).Expect(400);
        (await admin.As(null).GetAsync($"{EndSession}?client_id={client.Id}&state=SECRET{new string('x', 4096)}")).Expect(400);
        (await stranger.PostAsync(Register, new { redirect_uris = new[] { "https://app.example/" } })).Expect(401);
        (await client.Authenticated.GetAsync(Token)).Expect(405);

        // That a device must wait is no refusal.
        var start = (await telly.PostAsync(Device, ("scope", "openid"))).Expect(200);
        (await telly.TokenAsync(("grant_type", RelyingParty.DeviceCode), ("device_code", start.Text("device_code")))).ExpectOAuth(
            400,
            "authorization_pending"
        );

        await host.TerminateAsync();
        var lines = host.Output.Split('\n').Where(line => line.Contains(" refused with ", StringComparison.Ordinal)).ToList();
        (string Endpoint, string Error, string Caller)[] expected =
        [
            (Token, @"invalid_(token|grant) \(COMMAND-Iung5\)", client.Id),
            (Token, "invalid_client", client.Id),
            (Token, "invalid_client", "unknown"),
            (Token, "unauthorized_client", client.Id),
            (Token, "invalid_request", "unknown"),
            (Introspect, "invalid_token.*", client.Id),
            (Revoke, "invalid_token.*", client.Id),
            (Device, "unauthorized_client", client.Id),
            (Pushed, "invalid_request", client.Id),
            (Authorize, "[a-z_]+", client.Id),
            (Authorize, "invalid_request", "unknown"),
            (UserInfo, @"invalid_token \(AUTH-7fs1e\)", "unknown"),
            (UserInfo, "invalid_request", "unknown"),
            (EndSession, "invalid_request", client.Id),
            (Register, @"invalid_token \(AUTH-7fs1e\)", "unknown"),
        ];
        Assert.All(expected, row =>
            Assert.Single(lines, line => Regex.IsMatch(line, $@" {row.Endpoint} refused with {row.Error}; caller {row.Caller}(: .*)?\s*$"))
        );
        Assert.All(lines, line => Assert.Contains(" info ", line, StringComparison.Ordinal));
        Assert.Contains(
            $"A token of client {client.Id} is not active for client {api.Id}: it is for ",
            host.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(lines, line => line.Contains("authorization_pending", StringComparison.Ordinal));

        string[] secrets =
        [
            "SECRET",
            code,
            client.Secret!,
            session.Token,
            tokens.Text("access_token"),
            tokens.Text("id_token"),
            start.Text("device_code"),
            start.Text("user_code"),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, host.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_was_refused_because_there_were_too_many_is_a_line_too()
    {
        var host = await StartAsync(
            HostSettings
                .Shared.With(Setting.LogLevel, "Information")
                .With("Sessions__Limits__SecretsOfClient__Burst", "1")
                .With("Sessions__Limits__SecretsOfClient__PerMinute", "1")
        );
        var client = await RelyingParty.RegisterAsync(Admin(host));
        var stranger = client.Anonymous.With("X-Forwarded-For", "203.0.113.1");
        Task<Reply> GuessAsync() =>
            stranger.PostFormAsync(
                Token,
                ("grant_type", RelyingParty.RefreshToken),
                ("refresh_token", "SECRET-token"),
                ("client_id", client.Id),
                ("client_secret", "SECRET-client")
            );

        (await GuessAsync()).ExpectOAuth(401, "invalid_client");
        (await GuessAsync()).ExpectOAuth(429, "temporarily_unavailable");

        await host.TerminateAsync();
        Assert.Contains(
            $"{Token} refused with temporarily_unavailable (SESSION-Limit); caller unknown",
            host.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("SECRET", host.Output, StringComparison.Ordinal);
    }
}
