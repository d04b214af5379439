using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The end of a session is sent to every client that took part in it.</summary>
public abstract class LogoutTests(SharedHost host) : ContractTests(host)
{
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(2);

    [Theory]
    [Asvs("7.6.1")]
    [InlineData("delete")]
    [InlineData("expire")]
    [InlineData("idle")]
    [InlineData("delete all of the user")]
    [InlineData("lock")]
    [InlineData("deactivate")]
    [InlineData("delete the user")]
    public async Task Clients_are_told_within_two_seconds(string end)
    {
        await using var receiver = new LogoutReceiver();
        await using var otherReceiver = new LogoutReceiver();
        var client = await RelyingParty.RegisterAsync(Admin, ("backchannelLogoutUri", receiver.Address));
        var other = await RelyingParty.RegisterAsync(Admin, ("backchannelLogoutUri", otherReceiver.Address));
        var deaf = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var (lifetime, idle) = (TimeSpan.FromSeconds(end == "expire" ? 4 : 3600), TimeSpan.FromSeconds(end == "idle" ? 4 : 3600));
        var opened = DateTimeOffset.UtcNow;
        var session = await Admin.OpenAsync(
            new
            {
                checks = human.WithPassword,
                lifetime = $"{lifetime.TotalSeconds}s",
                idleTimeout = $"{idle.TotalSeconds}s",
            }
        );
        await client.SignInAsync(session);
        await client.SignInAsync(session);
        await other.SignInAsync(session);
        await deaf.SignInAsync(session);

        switch (end)
        {
            case "expire":
                await Task.Delay(opened + lifetime - DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
                break;
            case "idle":
                // The login counted as a use.
                await Task.Delay(idle, TestContext.Current.CancellationToken);
                break;
            default:
                await EndAsync(end, session, human);
                break;
        }

        await receiver.WaitAsync(1, s_promised);
        await otherReceiver.WaitAsync(1, s_promised);
        var claims = await Jwt.VerifyAsync(Admin, Assert.Single(receiver.Tokens), "logout+jwt");
        Assert.Equal(Admin.Host.Address.GetLeftPart(UriPartial.Authority), claims["iss"]!.GetValue<string>());
        Assert.Equal(
            (client.Id, human.Id, session.Id),
            (claims["aud"]!.GetValue<string>(), claims["sub"]!.GetValue<string>(), claims["sid"]!.GetValue<string>())
        );
        Assert.NotNull(claims["events"]!["http://schemas.openid.net/event/backchannel-logout"]);
        Assert.NotNull(claims["jti"]);
        Assert.Null(claims["nonce"]);
        Assert.Equal(120, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_client_that_is_out_of_order_is_told_again_and_the_ledger_says_so()
    {
        await using var receiver = new LogoutReceiver { Failing = 1 };
        var client = await RelyingParty.RegisterAsync(Admin, ("backchannelLogoutUri", receiver.Address));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        await client.SignInAsync(session);

        (await Admin.EndAsync(session)).Expect(200);

        await Eventually.GetAsync(
            () => LedgerAsync(session),
            reply => Entry(reply) == ("LOGOUT_STATE_PENDING", "Rejected"),
            s_promised,
            "a failed attempt"
        );
        await receiver.WaitAsync(1, TimeSpan.FromSeconds(5));
        var ledger = await Eventually.GetAsync(
            () => LedgerAsync(session),
            reply => Entry(reply) == ("LOGOUT_STATE_DELIVERED", "Delivered"),
            s_promised,
            "a delivered entry"
        );
        Assert.Equal((client.Id, 2), (ledger.Text("logouts.0.clientId"), ledger["logouts.0.attempts"]!.GetValue<int>()));
        var reader = await Admin.NewMachineAsync("IAM_USER_MANAGER");
        (await reader.Api.PostAsync("/v2/oidc/logouts/search")).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task A_client_that_hangs_keeps_no_other_waiting()
    {
        await using var hanging = new LogoutReceiver { Hangs = true };
        await using var receiver = new LogoutReceiver();
        var slow = await RelyingParty.RegisterAsync(Admin, ("backchannelLogoutUri", hanging.Address));
        var healthy = await RelyingParty.RegisterAsync(Admin, ("backchannelLogoutUri", receiver.Address));
        var human = await Admin.NewHumanAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, async (_, _) =>
            await slow.CodeAsync(await Admin.OpenAsync(human))
        );
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        await healthy.SignInAsync(session);

        (await Admin.PostAsync("/v2/sessions/delete", new { userId = human.Id })).Expect(200);
        (await Admin.EndAsync(session)).Expect(200);

        await receiver.WaitAsync(1, s_promised);
        await Eventually.GetAsync(
            () => Admin.PostAsync("/v2/oidc/logouts/search", new { clientId = slow.Id, limit = 1000 }),
            reply => reply.Items("logouts").Any(entry => entry["outcome"]?.GetValue<string>() == "Timeout"),
            TimeSpan.FromSeconds(10),
            "an attempt without an answer"
        );
        Assert.Empty(hanging.Tokens);
    }

    [Fact]
    public async Task An_id_token_ends_its_session_and_leads_back_to_the_client()
    {
        await using var receiver = new LogoutReceiver();
        var client = await RelyingParty.RegisterAsync(Admin, ("backchannelLogoutUri", receiver.Address));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var tokens = await client.SignInAsync(session);
        string EndSession(string? back) =>
            QueryHelpers.AddQueryString(
                "/oidc/v1/end_session",
                new Dictionary<string, string?>
                {
                    ["id_token_hint"] = tokens.Text("id_token"),
                    ["post_logout_redirect_uri"] = back,
                    ["state"] = "s-2",
                }.Where(parameter => parameter.Value is not null)
            );

        (await client.Anonymous.GetAsync(EndSession("http://evil.example/"))).Expect(400);
        (await Admin.ReadAsync(session)).Expect(200);
        var reply = (await client.Anonymous.GetAsync(EndSession(RelyingParty.PostLogoutRedirectUri))).Expect(302);
        Assert.Equal($"{RelyingParty.PostLogoutRedirectUri}?state=s-2", reply.Header("Location"));
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
        await receiver.WaitAsync(1, s_promised);
        var done = (await client.Anonymous.GetAsync(EndSession(null))).Expect(302);
        (await client.Anonymous.GetAsync(new Uri(done.Header("Location")!).PathAndQuery)).Expect(200);
    }

    [Fact]
    [Asvs("10.6.2")]
    public async Task Only_an_id_token_of_this_service_and_client_ends_a_session_and_leads_only_to_registered_addresses()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"));
        var other = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var tokens = await client.SignInAsync(session);
        var hint = tokens.Text("id_token");
        var others = (await other.SignInAsync(session)).Text("id_token");
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var parts = hint.Split('.');
        (string What, string Hint, string? ClientId, string? Back)[] bad =
        [
            ("nonsense", "nonsense", null, null),
            ("another key", Jwt.Sign(key, "k1", Jwt.Claims(hint)), null, null),
            ("other claims", $"{parts[0]}.{others.Split('.')[1]}.{parts[2]}", null, null),
            ("no signature", $"{parts[0]}.{parts[1]}.", null, null),
            ("another token", tokens.Text("access_token"), null, null),
            ("another client", hint, other.Id, null),
            ("no client", hint, "nobody", null),
            ("nearly the address", hint, null, $"{RelyingParty.PostLogoutRedirectUri}/"),
            ("the address and more", hint, null, $"{RelyingParty.PostLogoutRedirectUri}?x=1"),
            ("another address of the client", hint, null, RelyingParty.RedirectUri),
        ];
        foreach (var (what, given, clientId, back) in bad)
        {
            var uri = QueryHelpers.AddQueryString(
                "/oidc/v1/end_session",
                new Dictionary<string, string?>
                {
                    ["id_token_hint"] = given,
                    ["client_id"] = clientId,
                    ["post_logout_redirect_uri"] = back,
                }.Where(parameter => parameter.Value is not null)
            );
            var reply = await client.Anonymous.GetAsync(uri);
            Assert.True(reply.Status == 400, reply.Explain($"a refusal of {what}"));
        }

        (await Admin.ReadAsync(session)).Expect(200);
        (
            await client.Anonymous.GetAsync(
                QueryHelpers.AddQueryString(
                    "/oidc/v1/end_session",
                    new Dictionary<string, string?>
                    {
                        ["id_token_hint"] = hint,
                        ["client_id"] = client.Id,
                        ["post_logout_redirect_uri"] = RelyingParty.PostLogoutRedirectUri,
                    }
                )
            )
        ).Expect(302);
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
    }

    [Fact]
    [Asvs("10.6.2")]
    public async Task Without_a_hint_the_login_frontend_asks()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("loginUri", "https://login.example.com/ui/login"));
        var uri = QueryHelpers.AddQueryString(
            "/oidc/v1/end_session",
            new Dictionary<string, string?>
            {
                ["client_id"] = client.Id,
                ["post_logout_redirect_uri"] = RelyingParty.PostLogoutRedirectUri,
                ["logout_hint"] = "minnie",
            }
        );
        var location = new Uri((await client.Anonymous.GetAsync(uri)).Expect(302).Header("Location")!);
        Assert.Equal("https://login.example.com/ui/logout", location.GetLeftPart(UriPartial.Path));
        var query = RelyingParty.QueryOf(location);
        Assert.Equal((RelyingParty.PostLogoutRedirectUri, "minnie"), (query["post_logout_redirect"], query["logout_hint"]));
    }

    private async Task EndAsync(string how, OpenSession session, Human human) =>
        (
            await (
                how switch
                {
                    "delete" => Admin.EndAsync(session),
                    "delete all of the user" => Admin.PostAsync("/v2/sessions/delete", new { userId = human.Id }),
                    "delete the user" => Admin.DeleteAsync($"/v2/users/{human.Id}"),
                    _ => Admin.PostAsync($"/v2/users/{human.Id}/{how}"),
                }
            )
        ).Expect(200);

    private static (string, string) Entry(Reply ledger) =>
        ledger.Items("logouts").Count == 1
            ? (ledger.Text("logouts.0.state"), ledger["logouts.0.outcome"]?.GetValue<string>() ?? "")
            : ("", "");

    private Task<Reply> LedgerAsync(OpenSession session) => Admin.PostAsync("/v2/oidc/logouts/search", new { sessionId = session.Id });
}

[Collection(typeof(Undisturbed))]
public sealed class LogoutTestsOnSqlite(SqliteHost host) : LogoutTests(host);

[Collection(typeof(Undisturbed))]
public sealed class LogoutTestsOnPostgreSql(PostgreSqlHost host) : LogoutTests(host);
