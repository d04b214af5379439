using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.LoginPage;

/// <summary>What a login page asks of the service instead of computing it, with its rights and its bad input.</summary>
public abstract class EvaluationTests(SharedHost host) : ContractTests(host)
{
    private const string Evaluate = "/v2/sessions/evaluate";

    [Fact]
    public async Task The_token_of_the_session_and_the_right_to_read_it_are_both_needed()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var stranger = (await Admin.NewMachineAsync()).Api;

        Assert.True((await Admin.PostAsync(Evaluate, Of(session))).Expect(200)["sufficient"]!.GetValue<bool>());
        Assert.True((await Admin.As(session.Token).PostAsync(Evaluate, Of(session))).Expect(200).Has("sufficient"));
        (await stranger.PostAsync(Evaluate, Of(session))).Expect(Failures.NoPermission);
        (await Admin.PostAsync(Evaluate, Of(session with { Token = "wrong" }))).Expect(403);
        (await Admin.PostAsync(Evaluate, Of(session with { Id = "none" }))).Expect(404);
        (await Admin.As(null).PostAsync(Evaluate, Of(session))).Expect(401);

        (await Admin.EndAsync(session)).Expect(200);
        (await Admin.PostAsync(Evaluate, Of(session))).Expect(400);
    }

    [Fact]
    public async Task A_demand_is_judged_and_a_bad_one_is_refused_with_its_field()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);

        var verdict = (await Admin.PostAsync(Evaluate, Of(session, new { acr = "aal2" }))).Expect(200);
        Assert.False(verdict.Has("sufficient"));
        Assert.Equal(("OIDC-Acr04", "aal2", "aal1"), (verdict.Text("refusalId"), verdict.Text("requiredAcr"), verdict.Text("acr")));
        Assert.Equal("AUTHENTICATION_METHOD_TYPE_TOTP", verdict["next"]![0]!.GetValue<string>());

        foreach (
            var (demand, field) in new (object, string)[]
            {
                (new { acr = "gold" }, "acr"),
                (new { maxAge = "-1s" }, "maxAge"),
                (new { methods = new[] { 0 } }, "methods"),
                (new { methods = new[] { 99 } }, "methods"),
            }
        )
        {
            var refused = (await Admin.PostAsync(Evaluate, Of(session, demand))).Expect(400);
            Assert.Contains(field, refused.Text("message"), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_request_that_was_answered_reads_as_finished()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var client = await RelyingParty.RegisterAsync(Admin, ("logoUri", "https://shop.example/logo.svg"));
        var request = await client.RequestAsync();
        var path = $"/v2/oidc/auth_requests/{request}";

        var open = (await Admin.GetAsync(path)).Expect(200);
        Assert.Equal(
            ("Test application", "https://shop.example/logo.svg", "aal1"),
            (open.Text("authRequest.appName"), open.Text("authRequest.appLogoUri"), open.Text("authRequest.requiredAcr"))
        );
        Assert.Equal((true, false), (open.Has("authRequest.expirationDate"), open.Has("authRequest.handledDate")));

        (await client.CompleteAsync(request, session)).Expect(200);

        var finished = (await Admin.GetAsync(path)).Expect(200);
        Assert.Equal((false, true), (finished.Has("authRequest.expirationDate"), finished.Has("authRequest.handledDate")));
        var settings = new { redirectUris = new[] { "https://a.example/" }, logoUri = "http://a.example/logo.png" };
        (await Admin.PostAsync("/v2/oidc/clients", new { settings })).Expect(400);
    }

    [Fact]
    public async Task All_broken_rules_of_a_password_are_told_at_once()
    {
        var reply = (await Admin.With("Accept-Language", "de").PostAsync("/v2/passwords/check", new { password = "zqxv" })).Expect(200);
        Assert.Equal(["DOMAIN-HuJf6", "DOMAIN-VoaRj", "DOMAIN-ZBv4H", "DOMAIN-ZDLwA"], reply.Texts("rules", "errorId"));
        Assert.Equal("Das Passwort ist zu kurz", reply.Texts("rules", "message")[0]);
        Assert.False((await Admin.PostAsync("/v2/passwords/check", new { password = "Correct-Horse-7" })).Expect(200).Has("rules"));
    }

    [Fact]
    public async Task A_login_client_is_made_in_one_call_by_who_may_give_roles()
    {
        var name = Provisioning.Unique("page");
        var made = (await Admin.PostAsync("/v2/login_clients", new { username = name })).Expect(201);
        var page = Admin.As(made.Text("token"));
        (await page.CreateSessionAsync(new { })).Expect(201);
        (await page.PostAsync("/v2/login_clients", new { username = Provisioning.Unique("page") })).Expect(Failures.NoPermission);
        (await Admin.PostAsync("/v2/login_clients", new { username = name })).Expect(409);
        (await Admin.PostAsync("/v2/login_clients", new { })).Expect(400);
        (await Admin.PostAsync("/v2/login_clients", new { username = "late", expirationDate = "2001-01-01T00:00:00Z" })).Expect(400);
    }

    [Fact]
    public async Task A_used_code_is_told_apart_only_after_another_factor()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var checks = new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } };
        (await Admin.SetAsync(await Admin.OpenAsync(human), checks)).Expect(200);

        var used = (await Admin.SetAsync(await Admin.OpenAsync(human), checks)).Expect(400);
        Assert.Contains("used already", used.Text("message"), StringComparison.Ordinal);
        var named = await Admin.OpenAsync(new { checks = human.OnlyUser });
        Assert.StartsWith("Invalid code", (await Admin.SetAsync(named, checks)).Expect(400).Text("message"), StringComparison.Ordinal);
    }

    private static object Of(OpenSession session, object? demand = null) =>
        demand is null
            ? new { sessionId = session.Id, sessionToken = session.Token }
            : new
            {
                sessionId = session.Id,
                sessionToken = session.Token,
                demand,
            };
}

public sealed class EvaluationTestsOnSqlite(SqliteHost host) : EvaluationTests(host);

public sealed class EvaluationTestsOnPostgreSql(PostgreSqlHost host) : EvaluationTests(host);
