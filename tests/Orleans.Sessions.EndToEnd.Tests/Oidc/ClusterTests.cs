using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>All nodes act as one provider, which survives the loss of a node.</summary>
[Collection(typeof(Undisturbed))]
public sealed class ClusterTests(SharedClusters clusters) : OwnHosts
{
    private const string Issuer = "https://id.example.com";
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nodes_share_keys_requests_codes_and_tokens()
    {
        var (a, b) = await StartTwoAsync();
        Assert.Equal((await a.GetAsync("/oauth/v2/keys")).Expect(200).Body, (await b.GetAsync("/oauth/v2/keys")).Expect(200).Body);
        var client = await RelyingParty.RegisterAsync(a);
        var there = new RelyingParty(b, client.Id, client.Secret);
        var session = await a.OpenAsync(await a.NewHumanAsync());

        var requestId = await client.RequestAsync(("scope", "openid offline_access"));
        var callback = RelyingParty.QueryOf(new Uri((await there.CompleteAsync(requestId, session)).Expect(200).Text("callbackUrl")));
        Assert.Equal(Issuer, callback["iss"]);
        var tokens = (await client.RedeemAsync(callback["code"])).Expect(200);
        Assert.Equal(Issuer, (await Jwt.VerifyAsync(b, tokens.Text("id_token"), "JWT"))["iss"]!.GetValue<string>());
        Assert.True(await there.IsActiveAsync(tokens.Text("access_token")));
        (await b.EndAsync(session)).Expect(200);
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
        Assert.Equal(Issuer, (await b.GetAsync("/.well-known/openid-configuration")).Expect(200).Text("issuer"));
    }

    [Fact]
    public async Task What_counts_once_counts_once_on_all_nodes_and_after_a_restart()
    {
        var (a, b) = await StartTwoAsync();
        var client = await RelyingParty.RegisterAsync(a);
        var there = new RelyingParty(b, client.Id, client.Secret);
        (string, string?)[] pushed =
        [
            (
                "request_uri",
                (
                    await client.PostAsync(
                        "/oauth/v2/par",
                        ("response_type", "code"),
                        ("redirect_uri", RelyingParty.RedirectUri),
                        ("scope", "openid")
                    )
                )
                    .Expect(201)
                    .Text("request_uri")
            ),
            ("redirect_uri", null),
            ("response_type", null),
            ("scope", null),
            ("state", null),
        ];

        var requestId = await there.RequestAsync(pushed);
        Assert.Equal(requestId, await client.RequestAsync(pushed));
        (await client.CompleteAsync(requestId, await a.OpenAsync(await a.NewHumanAsync()))).Expect(200);

        Assert.Equal(
            "invalid_request_uri",
            RelyingParty.QueryOf(new Uri((await client.AuthorizeAsync(pushed)).Expect(302).Header("Location")!))["error"]
        );
        await b.Host.KillAsync();
        await Eventually.GetAsync(
            () => client.AuthorizeAsync(pushed),
            reply =>
                reply.Status == 302
                && RelyingParty.QueryOf(new Uri(reply.Header("Location")!)).GetValueOrDefault("error") == "invalid_request_uri",
            s_recovery,
            "a refusal"
        );
    }

    [Fact]
    public async Task A_killed_node_keeps_no_client_waiting_for_a_logout()
    {
        var (a, b) = await StartTwoAsync();
        await using var receiver = new LogoutReceiver();
        var client = await RelyingParty.RegisterAsync(a, ("backchannelLogoutUri", receiver.Address));
        var human = await a.NewHumanAsync();
        var sessions = new List<OpenSession>();
        for (var i = 0; i < 6; i++)
        {
            sessions.Add(await b.OpenAsync(human));
            await client.SignInAsync(sessions[^1]);
        }

        // The first node has the registry and the keys. Every node knows a change there within a second.
        var lifetime = TimeSpan.FromSeconds(10);
        var expiring = await b.OpenAsync(new { checks = human.WithPassword, lifetime = $"{lifetime.TotalSeconds}s" });
        var expiresAt = DateTimeOffset.UtcNow + lifetime;
        await client.SignInAsync(expiring);
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        await a.Host.KillAsync();

        await Task.WhenAll(
            sessions.Select(async session =>
            {
                await Eventually.StatusAsync(200, () => b.EndAsync(session), s_recovery);
                await receiver.WaitForAsync(session.Id, s_promised);
            })
        );
        var left = expiresAt - DateTimeOffset.UtcNow;
        Assert.True(left > TimeSpan.Zero, "The cluster took too long to recover.");
        await Task.Delay(left, TestContext.Current.CancellationToken);
        await receiver.WaitForAsync(expiring.Id, s_promised);
    }

    [Fact]
    public async Task A_logout_that_a_killed_node_had_begun_is_finished_by_another()
    {
        var (a, b) = await StartTwoAsync();
        await using var receiver = new LogoutReceiver { Failing = 1 };
        var client = await RelyingParty.RegisterAsync(a, ("backchannelLogoutUri", receiver.Address));
        var session = await a.OpenAsync(await a.NewHumanAsync());
        await client.SignInAsync(session);

        (await a.EndAsync(session)).Expect(200);
        await a.Host.KillAsync();

        await receiver.WaitAsync(1, s_recovery);
        await Eventually.GetAsync(
            () => b.PostAsync("/v2/oidc/logouts/search", new { sessionId = session.Id }),
            reply => reply.Status == 200 && reply.Items("logouts").Count == 1 && reply.Text("logouts.0.state") == "LOGOUT_STATE_DELIVERED",
            s_recovery,
            "a delivered entry"
        );
    }

    [Fact]
    public async Task A_restart_keeps_keys_clients_and_tokens_and_the_database_has_no_secret()
    {
        var folder = NewFolder();
        var home = NewFolder();
        var settings = HostSettings.Shared.With(Setting.DataPath, folder).With("HOME", home);
        var host = await StartAsync(settings);
        var admin = Admin(host);
        var client = await RelyingParty.RegisterAsync(admin);
        var tokens = await client.SignInAsync(await admin.OpenAsync(await admin.NewHumanAsync()));
        var keys = (await admin.GetAsync("/oauth/v2/keys")).Expect(200).Body;
        await host.TerminateAsync();
        host = await StartAsync(settings);
        var again = new RelyingParty(admin.At(host), client.Id, client.Secret);

        Assert.Equal(keys, (await admin.At(host).GetAsync("/oauth/v2/keys")).Expect(200).Body);
        Assert.True(await again.IsActiveAsync(tokens.Text("access_token")));
        (await again.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);

        await host.TerminateAsync();
        Assert.False(Directory.Exists($"{home}/.aspnet"));
        var stored = string.Concat(
            Directory.EnumerateFiles(folder, "sessions.db*").Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );
        foreach (var secret in new[] { client.Secret!, tokens.Text("access_token"), tokens.Text("refresh_token"), tokens.Text("id_token") })
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(secret.Split('.')[^1], stored, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(tokens.Text("access_token"), host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_without_grains_serves_the_protocol()
    {
        var (_, gateway) = await clusters.SplitAsync();
        await using var receiver = new LogoutReceiver();
        var client = await RelyingParty.RegisterAsync(gateway, ("backchannelLogoutUri", receiver.Address));
        var session = await gateway.OpenAsync(await gateway.NewHumanAsync());

        var tokens = await client.SignInAsync(session);

        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));
        (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        (await gateway.EndAsync(session)).Expect(200);
        await receiver.WaitAsync(1, TimeSpan.FromSeconds(2));
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
    }

    private async Task<(Api A, Api B)> StartTwoAsync()
    {
        var connectionString = await Databases.CreateAsync();
        var settings = HostSettings.Shared.With("Sessions__Origin__Public", Issuer).With(Setting.AllowLoopback, "true");
        var a = Admin(await StartAsync(settings.OnPostgreSql(connectionString)));
        return (a, a.At(await JoinAsync(settings.OnPostgreSql(connectionString))));
    }
}
