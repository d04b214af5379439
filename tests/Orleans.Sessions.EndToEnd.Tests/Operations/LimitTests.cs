using System.Text;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Limits on what strangers can make the service store, without cost to other callers.</summary>
public sealed class LimitTests : OwnHosts
{
    private const string Prefix = "Sessions__Limits__";

    [Fact]
    public async Task Strangers_have_just_so_much_stored_and_the_application_hears_of_it()
    {
        var admin = Admin(
            await StartAsync(
                HostSettings.Shared.With($"{Prefix}BytesOfSource__Burst", "12000").With($"{Prefix}BytesOfSource__PerMinute", "1")
            )
        );
        var client = await RelyingParty.RegisterPublicAsync(
            admin,
            ("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.DeviceCode })
        );
        var stranger = admin.As(null).With("X-Forwarded-For", "203.0.113.1");
        var authorize =
            $"/oauth/v2/authorize?client_id={client.Id}&redirect_uri={Uri.EscapeDataString(RelyingParty.RedirectUri)}&response_type=code&scope=openid"
            + $"&code_challenge={new string('a', 43)}&code_challenge_method=S256&state={new string('s', 3000)}";

        var stored = 0;
        Reply reply;
        while (
            (reply = (await stranger.GetAsync(authorize)).Expect(302))
                .Header("location")!
                .Contains("authRequest=", StringComparison.Ordinal)
        )
        {
            stored++;
            Assert.True(stored < 10);
        }

        Assert.Equal(2, stored);
        var answer = RelyingParty.QueryOf(new Uri(reply.Header("location")!));
        Assert.Equal(("temporarily_unavailable", 3000), (answer["error"], answer["state"].Length));
        var device = await ExhaustAsync(200, () =>
            stranger.PostFormAsync("/oauth/v2/device_authorization", ("client_id", client.Id), ("scope", "openid"))
        );
        Assert.Equal("temporarily_unavailable", device.Text("error"));
        using var provider = await TestServiceProvider.RegisterAsync(admin);
        foreach (
            var (source, query) in new (string, Func<string>)[]
            {
                ("203.0.113.3", () => $"SSO?{provider.Query(provider.AuthnRequest())}"),
                ("203.0.113.4", () => $"SLO?{provider.Query(provider.LogoutRequest("nobody", "none"))}"),
            }
        )
        {
            await ExhaustAsync(302, () => admin.As(null).With("X-Forwarded-For", source).GetAsync($"/saml/v2/{query()}"));
        }

        // Another source, and every known caller, is still served.
        var other = admin.As(null).With("X-Forwarded-For", "203.0.113.2");
        Assert.Contains("authRequest=", (await other.GetAsync(authorize)).Expect(302).Header("location"), StringComparison.Ordinal);
        await client.CodeAsync(
            await admin.OpenAsync(await admin.NewHumanAsync()),
            ("code_challenge", new string('a', 43)),
            ("code_challenge_method", "S256")
        );
    }

    [Fact]
    public async Task Strangers_guess_secrets_and_tokens_of_clients_just_so_often()
    {
        var admin = Admin(
            await StartAsync(HostSettings.Shared.With($"{Prefix}Failures__Burst", "3").With($"{Prefix}Failures__PerMinute", "1"))
        );
        var client = await RelyingParty.RegisterPublicAsync(admin);
        using var key = new RequestKey();
        var signer = await RelyingParty.RegisterAsync(admin, key.Settings);
        foreach (
            var (source, guess) in new (string, Func<Api, Task<Reply>>)[]
            {
                ("203.0.113.1", api =>
                    api.PostFormAsync(
                        "/oauth/v2/token",
                        ("client_id", "a"),
                        ("client_secret", "guess"),
                        ("grant_type", "client_credentials")
                    )
                ),
                ("203.0.113.2", api =>
                    api.PostFormAsync(
                        "/oauth/v2/token",
                        ("client_id", client.Id),
                        ("refresh_token", "rt_a.guess"),
                        ("grant_type", RelyingParty.RefreshToken)
                    )
                ),
                ("203.0.113.3", api => api.With("Authorization", "Bearer at_a.guess").GetAsync("/oidc/v1/userinfo")),
                ("203.0.113.4", api => api.PostFormAsync("/oauth/v2/par", ("client_id", signer.Id), ("request", "a.b.c"))),
            }
        )
        {
            var stranger = admin.As(null).With("X-Forwarded-For", source);
            for (var guesses = 0; guesses < 3; guesses++)
            {
                Assert.Contains((await guess(stranger)).Status, new[] { 400, 401 });
            }

            Assert.Equal("temporarily_unavailable", (await guess(stranger)).Expect(429).Text("error"));
        }
    }

    [Fact]
    [Asvs("10.4.10")]
    public async Task Who_guesses_the_secret_of_a_client_is_refused_and_the_client_works_on()
    {
        var admin = Admin(
            await StartAsync(
                HostSettings.Shared.With($"{Prefix}SecretsOfClient__Burst", "3").With($"{Prefix}SecretsOfClient__PerMinute", "1")
            )
        );
        var client = await RelyingParty.RegisterAsync(admin);
        Task<Reply> AskAsync(string path, string source, string secret) =>
            admin
                .As(null)
                .With("X-Forwarded-For", source)
                .With("Authorization", $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{client.Id}:{secret}"))}")
                .PostFormAsync(path, ("token", "at_a.b"), ("grant_type", RelyingParty.RefreshToken), ("refresh_token", "rt_a.b"));

        foreach (var (path, source) in new[] { ("/oauth/v2/token", "203.0.113.1"), ("/oauth/v2/introspect", "203.0.113.2") })
        {
            for (var guesses = 0; guesses < 3; guesses++)
            {
                (await AskAsync(path, source, $"guess-{guesses}")).ExpectOAuth(401, "invalid_client");
            }

            var refused = (await AskAsync(path, source, "guess")).Expect(429);
            Assert.Equal("temporarily_unavailable", refused.Text("error"));
            Assert.Matches("^[1-9][0-9]*$", refused.Header("retry-after") ?? "");
        }

        // The limit does not tell that a secret is right, except to the client that has just used it.
        (await AskAsync("/oauth/v2/token", "203.0.113.1", client.Secret!)).Expect(429);
        (await AskAsync("/oauth/v2/token", "203.0.113.3", client.Secret!)).ExpectOAuth(400, "invalid_grant");
        (await AskAsync("/oauth/v2/token", "203.0.113.1", client.Secret!)).ExpectOAuth(400, "invalid_grant");
        (await AskAsync("/oauth/v2/token", "203.0.113.1", "guess")).Expect(429);
    }

    [Fact]
    public async Task Six_hundred_people_log_in_at_once_by_one_login_frontend_and_no_limit_refuses_any()
    {
        const int People = 600;
        var admin = Admin(await StartAsync(HostSettings.Shared));
        var people = new Human[People];
        await Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (person, _) =>
            people[person] = await admin.NewHumanAsync()
        );

        await Task.WhenAll(
            people.Select(
                async (person, number) =>
                {
                    var userAgent = new { ip = $"203.0.{number / 250}.{number % 250}" };
                    await ServedAsync(200, () =>
                        admin.PostAsync(
                            "/v2/users",
                            new { queries = new[] { new { loginNameQuery = new { loginName = person.LoginName } } } }
                        )
                    );
                    var session = await ServedAsync(201, () => admin.CreateSessionAsync(new { checks = person.OnlyUser, userAgent }));
                    await ServedAsync(200, () =>
                        admin.PatchAsync($"/v2/sessions/{session.Text("sessionId")}", new { checks = person.OnlyPassword })
                    );
                }
            )
        );
    }

    /// <summary>
    /// Repeats a call while the machine is too slow for so many calls at once. The service reports that as an overload, and it does not
    /// count as a limit.
    /// </summary>
    private static Task<Reply> ServedAsync(int status, Func<Task<Reply>> call) =>
        Eventually.StatusAsync(
            status,
            async () =>
            {
                var reply = await call();
                Assert.DoesNotContain("SESSION-Limit", reply.Body, StringComparison.Ordinal);
                return reply;
            },
            TimeSpan.FromMinutes(2)
        );

    /// <summary>Sends the request until it is refused, and returns the refusal.</summary>
    private static async Task<Reply> ExhaustAsync(int usual, Func<Task<Reply>> request)
    {
        for (var times = 0; times < 20; times++)
        {
            var reply = await request();
            if (reply.Status == 429)
            {
                Assert.Matches("^[1-9][0-9]*$", reply.Header("retry-after") ?? "");
                return reply;
            }

            reply.Expect(usual);
        }

        throw new InvalidOperationException("It is never refused.");
    }
}
