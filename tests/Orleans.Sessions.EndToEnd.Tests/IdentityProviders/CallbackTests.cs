namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>The start of a login, and the answers that the browser may bring back.</summary>
public abstract class CallbackTests(SharedHost host, OidcProviderProcess upstream) : ContractTests(host)
{
    private const string Unknown = "IDP-gy3ctgkqe7";
    private const string Local = "http://127.0.0.1:1/ok";

    [Fact]
    [Asvs("10.1.2", "10.2.1")]
    public async Task The_browser_is_sent_to_the_provider_with_all_that_protects_the_login()
    {
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync());
        var started = (await Admin.StartIntentAsync(provider)).Expect(200);
        var again = Landing.Parameters(new Uri(await Admin.AuthUrlAsync(provider)));
        var url = new Uri(started.Text("authUrl"));
        var parameters = Landing.Parameters(url);

        Assert.Equal($"{await upstream.IssuerAsync()}/auth", url.GetLeftPart(UriPartial.Path));
        Assert.Equal("code", parameters["response_type"]);
        Assert.Equal(OidcProviderProcess.ClientId, parameters["client_id"]);
        Assert.Equal("openid profile email phone", parameters["scope"]);
        Assert.Equal(new Uri(Admin.Host.Address, "/idps/callback").ToString(), parameters["redirect_uri"]);
        Assert.Equal("S256", parameters["code_challenge_method"]);
        Assert.All(new[] { "state", "nonce", "code_challenge" }, name =>
        {
            Assert.True(parameters[name].Length >= 43);
            Assert.NotEqual(parameters[name], again[name]);
        });
        Assert.True(started.Has("details.changeDate"));
    }

    [Fact]
    public async Task The_callback_is_where_the_browser_knows_this_service()
    {
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync());

        Assert.Equal(
            "https://login.example.com/idps/callback",
            await CallbackAsync(Admin.With("x-zitadel-public-host", "login.example.com").With("x-forwarded-proto", "https"))
        );
        Assert.Equal(
            "https://proxy.example.com:8443/idps/callback",
            await CallbackAsync(
                Admin.With("x-forwarded-host", "anybody.example.com, proxy.example.com:8443").With("x-forwarded-proto", "https")
            )
        );
        Assert.Equal($"{Admin.Host.Address}idps/callback", await CallbackAsync(Admin.With("x-forwarded-host", "me@evil/path")));

        async Task<string> CallbackAsync(Api api) => Landing.Parameters(new Uri(await api.AuthUrlAsync(provider)))["redirect_uri"];
    }

    [Fact]
    public async Task The_return_urls_keep_what_they_have()
    {
        var (provider, subject) = await NewIdentityAsync();
        var start = await Admin.StartIntentAsync(
            provider,
            $"{SuccessUrl}?requestId=V2_1&organization=a%26b#top",
            $"{FailureUrl}?requestId=V2_1"
        );
        using var browser = new Browser();

        var landing = await browser.ArriveAsync(await browser.LogInAsync(start.Expect(200).Text("authUrl"), subject));

        Assert.Equal(("V2_1", "a&b", "#top"), (landing["requestId"], landing["organization"], landing.Url!.Fragment));
        (await Admin.RetrieveAsync(Succeeded(landing))).Expect(200);
    }

    [Fact]
    public async Task A_form_does_as_well_as_a_query()
    {
        var (provider, subject) = await NewIdentityAsync();
        using var browser = new Browser();

        var landing = await browser.ArriveByFormAsync(await browser.LogInAsync(await Admin.AuthUrlAsync(provider), subject));

        (await Admin.RetrieveAsync(Succeeded(landing))).Expect(200);
    }

    [Fact]
    public async Task A_refused_login_goes_to_the_failure_url_without_the_providers_own_words()
    {
        var (provider, subject) = await NewIdentityAsync();
        using var browser = new Browser();
        var authUrl = await Admin.AuthUrlAsync(provider);

        var callback = await browser.RefuseAsync(authUrl, "access_denied", "<b>call 555-1234</b>");
        var landing = (await browser.ArriveAsync(callback)).Expect(FailureUrl);

        Assert.Equal("access_denied", landing["error"]);
        Assert.Equal("The login was denied", landing["error_description"]);
        Assert.NotEmpty(landing["id"]!);
        Assert.Null(landing["token"]);

        // The refusal ended the login, even if the person changes their mind.
        using var later = new Browser();
        landing = (await later.ArriveAsync(await later.LogInAsync(authUrl, subject))).Expect(FailureUrl);
        Assert.Equal("IDP-Sfrgs", landing["error"]);
    }

    [Fact]
    public async Task An_error_nobody_knows_is_not_passed_on()
    {
        var (provider, _) = await NewIdentityAsync();
        using var browser = new Browser();

        var landing = await browser.ArriveAsync(await browser.RefuseAsync(await Admin.AuthUrlAsync(provider), "made_up", "Made up"));

        Assert.Equal(
            ("IDP-Refu1", "The identity provider refused the login"),
            (landing.Expect(FailureUrl)["error"], landing["error_description"])
        );
    }

    [Fact]
    public async Task A_callback_counts_once()
    {
        var (provider, subject) = await NewIdentityAsync();
        using var browser = new Browser();
        var callback = await browser.LogInAsync(await Admin.AuthUrlAsync(provider), subject);

        var landings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ArriveElsewhereAsync(callback)));

        var login = Succeeded(Assert.Single(landings, landing => landing["token"] is not null));
        Assert.All(landings.Where(landing => landing["token"] is null), landing =>
            Assert.Equal("IDP-Sfrgs", landing.Expect(FailureUrl)["error"])
        );
        (await Admin.RetrieveAsync(login)).Expect(200);
    }

    [Fact]
    public async Task A_browser_that_reloads_the_callback_gets_the_same_answer_until_the_login_is_used()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await Admin.NewHumanAsync(password: null);
        (await Admin.LinkAsync(human.Id, provider, subject)).Expect(200);
        using var browser = new Browser();
        var callback = await browser.LogInAsync(await Admin.AuthUrlAsync(provider), subject);

        var login = Succeeded(await browser.ArriveAsync(callback));
        Assert.Equal(login, Succeeded(await browser.ArriveAsync(callback)));
        Assert.Equal("IDP-Sfrgs", (await ArriveElsewhereAsync(callback)).Expect(FailureUrl)["error"]);

        (await Admin.UseAsync(human.Id, login)).Expect(201);
        Assert.Equal("IDP-Sfrgs", (await browser.ArriveAsync(callback)).Expect(FailureUrl)["error"]);
    }

    [Fact]
    [Asvs("10.2.1")]
    public async Task A_state_that_was_tampered_with_is_refused_and_harms_no_login()
    {
        var (provider, subject) = await NewIdentityAsync();
        using var browser = new Browser();
        var callback = await browser.LogInAsync(await Admin.AuthUrlAsync(provider), subject);
        var other = Landing.Parameters(new Uri(await Admin.AuthUrlAsync(provider)))["state"];
        var state = Landing.Parameters(callback)["state"];
        var flipped = state[..^1] + (state[^1] == 'A' ? 'E' : 'A');
        var mixed = $"{state.Split('.')[0]}.{other.Split('.')[1]}";

        foreach (
            var tampered in new[]
            {
                flipped,
                mixed,
                $"1.{state.Split('.')[1]}",
                state[..^1],
                state.Split('.')[0],
                "nonsense",
                new string('x', 3000),
            }
        )
        {
            var query = $"?code=c&state={Uri.EscapeDataString(tampered)}";
            Assert.Equal(Unknown, (await Admin.As(null).GetAsync($"/idps/callback{query}")).Expect(400).Text("details.0.id"));
        }

        (await Admin.RetrieveAsync(Succeeded(await browser.ArriveAsync(callback)))).Expect(200);
    }

    [Theory]
    [Asvs("10.2.1")]
    [InlineData("")]
    [InlineData("?code=1")]
    [InlineData("?state=&code=1")]
    [InlineData("?state=a&state=b&code=1")]
    public async Task A_callback_without_a_state_is_refused(string query)
    {
        Assert.Equal("IDP-Hk38e", (await Admin.As(null).GetAsync($"/idps/callback{query}")).Expect(400).Text("details.0.id"));
        Assert.Equal("IDP-Hk38e", (await Admin.As(null).PostAsync($"/idps/callback{query}")).Expect(400).Text("details.0.id"));
    }

    [Fact]
    [Asvs("10.1.2")]
    public async Task A_code_of_another_login_is_not_accepted()
    {
        var (provider, subject) = await NewIdentityAsync();
        using var mine = new Browser();
        using var theirs = new Browser();
        var callback = await mine.LogInAsync(await Admin.AuthUrlAsync(provider), subject);
        var stolen = Landing.Parameters(await theirs.LogInAsync(await Admin.AuthUrlAsync(provider), subject))["code"];
        var state = Landing.Parameters(callback)["state"];

        var landing = await mine.ArriveAsync(
            new Uri(Admin.Host.Address, $"/idps/callback?code={stolen}&state={state}&iss={await upstream.IssuerAsync()}")
        );

        Assert.Equal("IDP-Upst1", landing.Expect(FailureUrl)["error"]);
    }

    [Fact]
    [Asvs("6.8.1", "10.2.2")]
    public async Task An_answer_in_the_name_of_another_issuer_is_not_accepted()
    {
        var (provider, subject) = await NewIdentityAsync();
        foreach (var issuer in new[] { "&iss=https%3A%2F%2Fevil.example.com", "" })
        {
            using var browser = new Browser();
            var parameters = Landing.Parameters(await browser.LogInAsync(await Admin.AuthUrlAsync(provider), subject));

            var landing = await browser.ArriveAsync(
                new Uri(Admin.Host.Address, $"/idps/callback?code={parameters["code"]}&state={parameters["state"]}{issuer}")
            );

            Assert.Equal("IDP-Upst1", landing.Expect(FailureUrl)["error"]);
        }
    }

    [Fact]
    [Asvs("7.6.2")]
    public async Task Nobody_takes_the_login_of_who_follows_their_link()
    {
        var (provider, subject) = await NewIdentityAsync();
        var victim = await Admin.NewHumanAsync();
        (await Admin.LinkAsync(victim.Id, provider, subject)).Expect(200);
        var thief = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(thief);
        var caller = Admin.As(session.Token);

        Assert.Equal(
            "COMMAND-x8j3bk",
            (await caller.StartIntentAsync(provider, "https://evil.example/ok", Local)).Expect(400).Text("details.0.id")
        );
        Assert.Equal(
            "COMMAND-x8j4bk",
            (await caller.StartIntentAsync(provider, Local, "https://evil.example/no")).Expect(400).Text("details.0.id")
        );

        // A stolen login is useless to another user, and to the same user in another session.
        var start = (await caller.StartIntentAsync(provider, Local, Local)).Expect(200).Text("authUrl");
        using var browser = new Browser();
        var landing = (await browser.ArriveAsync(await browser.LogInAsync(start, subject))).Expect(Local);
        var login = new Login(landing["id"]!, landing["token"]!, landing["user"]);
        Assert.Equal(victim.Id, login.UserId);
        (await Admin.As((await Admin.OpenAsync(thief)).Token).RetrieveAsync(login)).Expect(Failures.IntentOfOther);
        (await Admin.As((await Admin.OpenAsync(victim)).Token).RetrieveAsync(login)).Expect(Failures.IntentOfOther);
        (await (await Admin.NewMachineAsync("IAM_OWNER")).Api.RetrieveAsync(login)).Expect(Failures.IntentOfOther);
        (await (await Admin.NewMachineAsync("IAM_OWNER")).Api.UseAsync(victim.Id, login)).Expect(Failures.IntentOfOther);
        (await caller.RetrieveAsync(login)).Expect(200);
        (await (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api.RetrieveAsync(login)).Expect(200);
        (await Admin.UseAsync(victim.Id, login)).Expect(201);

        // Only the login frontend that started a login may use it.
        login = await Admin.LogInAtAsync(provider, subject);
        (await caller.RetrieveAsync(login)).Expect(Failures.IntentOfOther);
    }

    [Fact]
    [Asvs("7.6.2", "10.1.2")]
    public async Task A_login_that_is_bound_is_finished_by_the_browser_that_began_it()
    {
        var (provider, subject) = await NewIdentityAsync();
        using var attacker = new Browser();
        using var victim = new Browser();
        var start = await Admin.StartUrlAsync(provider);

        var callback = await attacker.LogInAsync(await attacker.BeginAsync(start), subject);

        // Login CSRF: the attacker tries to log the victim in as the attacker.
        Assert.Equal("IDP-Brws1", (await victim.ArriveAsync(callback)).Expect(FailureUrl)["error"]);
        Assert.Null((await victim.ArriveByFormAsync(callback)).Expect(FailureUrl)["token"]);

        // The attacker also cannot finish a login that the victim was tricked into starting.
        Assert.Contains("IDP-Brws1", (await victim.ArriveAsync(new Uri(start))).Body, StringComparison.Ordinal);
        (await Admin.RetrieveAsync(Succeeded(await attacker.ArriveByFormAsync(callback)))).Expect(200);
        Assert.Equal("IDP-Sfrgs", (await victim.ArriveAsync(callback)).Expect(FailureUrl)["error"]);
    }

    [Fact]
    public async Task The_browser_begins_at_this_service_and_tells_nobody_where_it_comes_from()
    {
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync());
        var start = await Admin.StartUrlAsync(provider);
        Assert.StartsWith($"{Admin.Host.Address}idps/start/", start, StringComparison.Ordinal);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, start)
        {
            Headers = { { "x-forwarded-proto", "https" }, { "x-forwarded-host", "id.example.com" } },
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal($"{await upstream.IssuerAsync()}/auth", response.Headers.Location!.GetLeftPart(UriPartial.Path));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.True(response.Headers.CacheControl!.NoStore);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie")).Split("; ").ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Superset(new HashSet<string>(["path=/", "secure", "samesite=none", "httponly"], StringComparer.OrdinalIgnoreCase), cookie);
        Assert.StartsWith("__Host-idp-", Assert.Single(cookie, part => part.Length > 60), StringComparison.Ordinal);
        Assert.DoesNotContain(cookie, part => part.StartsWith("domain", StringComparison.OrdinalIgnoreCase));

        foreach (
            var path in new[]
            {
                "/idps/start/",
                "/idps/start/x",
                "/idps/start/1.2",
                new Uri(start).AbsolutePath[..^1] + "_",
                $"/idps/start/{new string('x', 3000)}",
            }
        )
        {
            Assert.InRange((await Admin.As(null).GetAsync(path)).Status, 400, 404);
        }
    }

    [Fact]
    public async Task Bad_starts_are_refused()
    {
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync());
        foreach (
            var url in new[]
            {
                "relative",
                "/path",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "ftp://example.com",
                "https://me:you@example.com/",
                "https://example.com/ü",
                "http://example.com/",
                "data:text/html,x",
                "https://example.com/a b",
                "//example.com",
            }
        )
        {
            Assert.Equal("COMMAND-x8j3bk", (await Admin.StartIntentAsync(provider, successUrl: url)).Expect(400).Text("details.0.id"));
            Assert.Equal("COMMAND-x8j4bk", (await Admin.StartIntentAsync(provider, failureUrl: url)).Expect(400).Text("details.0.id"));
        }

        var endless = $"https://example.com/{new string('x', 2048)}";
        (await Admin.StartIntentAsync(provider, successUrl: endless)).ExpectRefusal();
        (await Admin.StartIntentAsync(provider, successUrl: "https://")).ExpectRefusal();
        (await Admin.StartIntentAsync(provider, successUrl: "https://example.com\\@evil.example/")).ExpectRefusal();
        (await Admin.StartIntentAsync(provider, failureUrl: "")).ExpectRefusal();
        (await Admin.StartIntentAsync("")).ExpectRefusal();
        (await Admin.PostAsync(IntentPath, new { idpId = provider })).Expect(400);
        (await Admin.PostAsync(IntentPath, new { idpId = provider, urls = "text" })).ExpectRefusal();
        (await Admin.PostAsync(IntentPath, new { idpId = provider, ldap = new { username = "u", password = "p" } })).Expect(501);
        Assert.Equal("COMMAND-39n221fs", (await Admin.StartIntentAsync("nothing")).Expect(400).Text("details.0.id"));
        (await Admin.As(null).StartIntentAsync(provider)).Expect(Failures.NoToken);
        (await Admin.PostAsync($"{IntentPath}/1", new { idpIntentToken = "" })).ExpectRefusal();
        (await Admin.PostAsync($"{IntentPath}/1", new { })).ExpectRefusal();
        (await Admin.PostAsync($"{IntentPath}/1", new { idpIntentToken = new string('x', 201) })).ExpectRefusal();
        (await Admin.As(null).PostAsync($"{IntentPath}/1", new { idpIntentToken = "x" })).Expect(Failures.NoToken);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_to_be_away()
    {
        var provider = await Admin.AddProviderAsync($"http://127.0.0.1:{Ports.Next()}");

        Assert.Equal("IDP-Upst1", (await Admin.StartIntentAsync(provider)).Expect(503).Text("details.0.id"));
    }

    [Fact]
    public async Task Logins_at_a_provider_that_was_removed_come_to_nothing()
    {
        var (provider, subject) = await NewIdentityAsync();
        var human = await Admin.NewHumanAsync();
        (await Admin.LinkAsync(human.Id, provider, subject)).Expect(200);
        var finished = await Admin.LogInAtAsync(provider, subject);
        using var browser = new Browser();
        var callback = await browser.LogInAsync(await Admin.AuthUrlAsync(provider), subject);

        (await Admin.DeleteAsync($"/admin/v1/idps/templates/{provider}")).Expect(200);

        Assert.Equal("COMMAND-39n221fs", (await browser.ArriveAsync(callback)).Expect(FailureUrl)["error"]);
        (await Admin.UseAsync(human.Id, finished)).Expect(Failures.IntentNotSucceeded);
    }

    private static async Task<Landing> ArriveElsewhereAsync(Uri callback)
    {
        using var browser = new Browser();
        return await browser.ArriveAsync(callback);
    }

    private async Task<(string Provider, string Subject)> NewIdentityAsync() =>
        (
            await Admin.AddProviderAsync(await upstream.IssuerAsync()),
            await upstream.NewAccountAsync(new { preferred_username = Unique("minnie") })
        );
}

public sealed class CallbackTestsOnSqlite(SqliteHost host, OidcProviderProcess upstream) : CallbackTests(host, upstream);

public sealed class CallbackTestsOnPostgreSql(PostgreSqlHost host, OidcProviderProcess upstream) : CallbackTests(host, upstream);
