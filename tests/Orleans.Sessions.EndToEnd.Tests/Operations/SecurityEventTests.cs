using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>The audit trail of the whole service: what it records, who may see it, and that it contains no secret.</summary>
public abstract class SecurityEventTests(SharedHost host) : ContractTests(host)
{
    /// <summary>Failure counts are passed on every five seconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Asvs("16.2.1", "16.2.5")]
    public async Task A_run_is_told_and_nothing_secret_of_it()
    {
        var frontend = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var human = await Admin.NewHumanAsync(withTotp: true);
        var agent = new { ip = "203.0.113.5", description = "A browser\r\n2026-01-01 info forged" };
        var session = await frontend.Api.OpenAsync(new { checks = human.WithPassword, userAgent = agent });
        var code = TotpCode.Now(human.TotpSecret);
        session = session.After(await frontend.Api.SetAsync(session, new { checks = new { totp = new { code } } }));
        (await frontend.Api.SetAsync(session, new { checks = new { password = new { password = "A-wrong-Guess-9" } } })).Expect(
            Failures.WrongPassword
        );
        var reset = (await Admin.PostAsync($"/v2/users/{human.Id}/password_reset", new { returnCode = new { } }))
            .Expect(200)
            .Text("verificationCode");
        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = "Another-Secret-8" }, verificationCode = "WRONG1" }
            )
        ).ExpectRefusal();
        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = "Another-Secret-8" }, verificationCode = reset }
            )
        ).Expect(200);

        var client = await RelyingParty.RegisterAsync(Admin);
        var next = await frontend.Api.OpenAsync(
            new
            {
                checks = new
                {
                    user = new { userId = human.Id },
                    password = new { password = "Another-Secret-8" },
                    totp = new { code = TotpCode.Next(human.TotpSecret) },
                },
                userAgent = agent,
            }
        );
        var authorization = await client.CodeAsync(next, ("scope", "openid offline_access"));
        var tokens = (await client.RedeemAsync(authorization)).Expect(200);
        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        (await client.RedeemAsync(authorization)).ExpectOAuth(400, "invalid_grant");
        (await new RelyingParty(Admin, client.Id, "a-wrong-secret").RefreshAsync("rt_x.y")).ExpectOAuth(401, "invalid_client");

        var events = await WaitForAsync(new { targetId = human.Id, limit = 1000 }, found =>
            found.Any(row => Is(row, "login.password", "OUTCOME_FAILURE"))
            && found.Any(row => Is(row, "user.credential.refused", "OUTCOME_FAILURE"))
        );

        string[] expected =
        [
            "user.created",
            "user.factor.added",
            "user.password.set",
            "login.password",
            "login.totp",
            "user.code.issued",
            "user.password.changed",
            "oauth.authorization.granted",
            "oauth.token.issued",
            "oauth.token.refreshed",
            "oauth.authorization.revoked",
        ];
        Assert.Empty(expected.Except(events.Where(row => Text(row, "outcome") == "OUTCOME_SUCCESS").Select(row => Text(row, "kind"))));
        var login = events.Last(row => Is(row, "login.password", "OUTCOME_SUCCESS"));
        Assert.Equal(
            ("203.0.113.5", @"A browser\u000d\u000a2026-01-01 info forged", "ACTOR_KIND_MACHINE", frontend.Id, human.Id),
            (Text(login, "source"), Text(login, "userAgent"), Text(login, "actorKind"), Text(login, "actorId"), Text(login, "targetId"))
        );
        Assert.NotEmpty(Text(login, "requestId"));
        var ofSession = (await SearchAsync(Admin, new { sessionId = next.Id })).Select(row => Text(row, "kind")).ToList();
        Assert.Contains("oauth.token.issued", ofSession);
        Assert.Contains("login.totp", ofSession);
        var wrong = events.First(row => Is(row, "login.password", "OUTCOME_FAILURE"));
        Assert.Equal(("COMMAND-3M0fs", 1), (Text(wrong, "reason"), wrong["count"]!.GetValue<int>()));
        var refused = await WaitForAsync(new { kinds = new[] { "oauth.client.refused" }, clientId = client.Id }, found => found.Count > 0);
        Assert.Equal(("/oauth/v2/token", "OUTCOME_FAILURE"), (Text(refused[0], "targetId"), Text(refused[0], "outcome")));
        await WaitForAsync(new { kinds = new[] { "oauth.grant.refused" }, clientId = client.Id }, found => found.Count > 0);

        var everything =
            string.Join('\n', (await SearchAsync(Admin, new { limit = 1000 })).Select(row => row.ToJsonString()))
            + Admin.Host.Output.Replace(Admin.Host.AdminToken, "", StringComparison.Ordinal);
        string[] secrets =
        [
            human.Password,
            human.TotpSecret,
            "A-wrong-Guess-9",
            "Another-Secret-8",
            "WRONG1",
            reset,
            session.Token,
            next.Token,
            frontend.Api.Token!,
            client.Secret!,
            "a-wrong-secret",
            authorization,
            tokens.Text("access_token"),
            tokens.Text("refresh_token"),
            tokens.Text("id_token"),
            refreshed.Text("access_token"),
            refreshed.Text("refresh_token"),
            session.Id,
            next.Id,
        ];
        var lines = everything.Split('\n');
        Assert.All(secrets, secret => Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    [Asvs("16.4.2")]
    public async Task Everybody_sees_what_concerns_them_and_only_those_with_the_right_see_more()
    {
        var organization = Unique("org");
        var (human, other) = (await Admin.NewHumanAsync(organizationId: organization), await Admin.NewHumanAsync());
        var session = await Admin.OpenAsync(human);
        var manager = await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: organization);
        var viewer = await Admin.NewMachineAsync("IAM_OWNER_VIEWER");
        var nobody = await Admin.NewMachineAsync();

        foreach (
            var (api, sees, seesNot) in new[]
            {
                (Admin.As(session.Token), new[] { human.Id }, new[] { other.Id, manager.Id }),
                (manager.Api, [human.Id, manager.Id], [other.Id, viewer.Id]),
                (viewer.Api, [human.Id, other.Id, manager.Id], []),
                (nobody.Api, [nobody.Id], [human.Id, other.Id]),
            }
        )
        {
            var targets = new HashSet<string>();
            foreach (var id in sees.Concat(seesNot))
            {
                targets.UnionWith((await SearchAsync(api, new { targetId = id })).Select(row => Text(row, "targetId")));
            }

            Assert.Equal(sees.Order(), targets.Order());
        }

        // A user sees what an administrator did to them, but not from which address.
        var created = Assert.Single(await SearchAsync(Admin.As(session.Token), new { kinds = new[] { "user.created" } }));
        Assert.Equal(("", ""), (Text(created, "source"), Text(created, "requestId")));
        Assert.NotEmpty(
            Text(Assert.Single(await SearchAsync(Admin, new { kinds = new[] { "user.created" }, targetId = human.Id })), "source")
        );
        (await Admin.As(null).PostAsync(Path)).Expect(401);
    }

    [Fact]
    [Asvs("16.3.2")]
    public async Task Refused_calls_are_counted_with_the_method_and_the_reason()
    {
        var machine = await Admin.NewMachineAsync();
        for (var i = 0; i < 3; i++)
        {
            (await machine.Api.PostAsync("/v2/oidc/clients", new { settings = new { name = "x" } })).Expect(403);
        }

        (await Admin.As("no-token").GetAsync("/v2/sessions/1")).Expect(401);

        var denied = await WaitForAsync(new { actorId = machine.Id, kinds = new[] { "call.denied" } }, found =>
            found.Sum(row => row["count"]!.GetValue<int>()) == 3
        );
        Assert.Equal(
            ("sessions.oidc.v1.OidcClientService.CreateClient", "AUTH-AWfge", "OUTCOME_REFUSED", "127.0.0.1"),
            (Text(denied[0], "targetId"), Text(denied[0], "reason"), Text(denied[0], "outcome"), Text(denied[0], "source"))
        );
        await WaitForAsync(
            new { kinds = new[] { "call.unauthenticated" }, targetId = "zitadel.session.v2.SessionService.GetSession" },
            found => found.Count > 0
        );
    }

    [Fact]
    public async Task Pages_follow_each_other_on_every_surface_and_bad_questions_are_refused()
    {
        var human = await Admin.NewHumanAsync();
        (await Admin.PostAsync($"/v2/users/{human.Id}/lock")).Expect(200);
        (await Admin.PostAsync($"/v2/users/{human.Id}/unlock")).Expect(200);

        var kinds = new List<string>();
        for (var cursor = ""; ; )
        {
            // This call uses Connect. The other surfaces use the same messages.
            var page = (
                await Admin.PostAsync(
                    "/sessions.events.v1.EventService/SearchEvents",
                    new
                    {
                        targetId = human.Id,
                        limit = 2,
                        cursor,
                    }
                )
            ).Expect(200);
            kinds.AddRange(page.Texts("events", "kind"));
            if ((cursor = page["nextCursor"]?.GetValue<string>() ?? "").Length == 0)
            {
                break;
            }
        }

        Assert.Equal(["user.unlocked", "user.locked", "user.password.set", "user.created"], kinds);
        (await Admin.PostAsync(Path, new { limit = 1001 })).ExpectRefusal();
        (await Admin.PostAsync(Path, new { cursor = "%%%" })).ExpectRefusal();
        (await Admin.PostAsync(Path, new { cursor = "OTk5OTk5OTk5OTk5OTk5OTk5LjE" })).ExpectRefusal();
        (await Admin.PostAsync(Path, new { targetId = new string('x', 201) })).ExpectRefusal();
        Assert.Empty(await SearchAsync(Admin, new { targetId = "a\rb\n" }));
        Assert.Contains((await Admin.GetAsync("/v2/events/kinds")).Expect(200).Texts("kinds", "name"), name => name == "login.password");
    }

    private const string Path = "/v2/events/search";

    private static async Task<IReadOnlyList<JsonNode>> SearchAsync(Api api, object query) =>
        (await api.PostAsync(Path, query)).Expect(200).Items("events");

    private async Task<IReadOnlyList<JsonNode>> WaitForAsync(object query, Func<IReadOnlyList<JsonNode>, bool> wanted) =>
        (
            await Eventually.GetAsync(() => Admin.PostAsync(Path, query), reply => wanted(reply.Items("events")), s_patience, "the events")
        ).Items("events");

    private static bool Is(JsonNode row, string kind, string outcome) => Text(row, "kind") == kind && Text(row, "outcome") == outcome;

    private static string Text(JsonNode row, string member) => row[member]?.GetValue<string>() ?? "";
}

public sealed class SecurityEventTestsOnSqlite(SqliteHost host) : SecurityEventTests(host);

public sealed class SecurityEventTestsOnPostgreSql(PostgreSqlHost host) : SecurityEventTests(host);

/// <summary>The same events in the log, one line each. No input can forge a line.</summary>
public sealed partial class SecurityEventsInTheLog : OwnHosts
{
    [Fact]
    [Asvs("16.2.2", "16.2.4", "16.4.1")]
    public async Task The_log_has_one_line_for_each_event_with_the_time_and_nothing_begins_another_one()
    {
        var host = await StartAsync(HostSettings.Shared.With(Setting.LogLevel, "Information"));
        var admin = Admin(host);
        var human = await admin.NewHumanAsync();
        await admin.OpenAsync(
            new
            {
                checks = human.WithPassword,
                userAgent = new { ip = "203.0.113.5", description = "evil\n2026-01-01T00:00:00.000Z info forged: user.created" },
            }
        );
        (await admin.As("no-token").GetAsync("/v2/users/a%0d%0ab")).ExpectRefusal();
        await host.TerminateAsync();

        // The first start prints the administrator's token in a text of its own.
        var lines = host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => !Line().IsMatch(line)).ToList();
        Assert.Contains(lines, line => line.Contains("kind=configuration.loaded", StringComparison.Ordinal));
        var login = Assert.Single(lines, line => line.Contains("kind=login.password outcome=Success", StringComparison.Ordinal));
        Assert.Matches(Line(), login);
        Assert.Contains($"target=user:{human.Id} source=203.0.113.5 agent=\"evil\\u000a2026", login, StringComparison.Ordinal);

        // Pending counts are written before the process ends.
        Assert.Contains(lines, line => line.Contains("kind=call.unauthenticated outcome=Failure", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("2026-01-01", StringComparison.Ordinal));
    }

    [Fact]
    [Asvs("16.2.5")]
    public async Task No_form_of_the_log_names_sessions()
    {
        foreach (var form in new[] { "json", "line" })
        {
            var host = await StartAsync(
                HostSettings
                    .Shared.With(Setting.LogLevel, "Information")
                    .With("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information")
                    .With("Logging__Console__FormatterName", form)
                    .With("Logging__Console__FormatterOptions__IncludeScopes", "true")
            );
            var admin = Admin(host);
            var session = await admin.OpenAsync(await admin.NewHumanAsync());
            (await admin.GetAsync($"/v2/sessions/{session.Id}")).Expect(200);
            await host.TerminateAsync();

            Assert.Contains("/v2/sessions/***", host.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(session.Id, host.Output, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (trce|dbug|info|warn|fail|crit) \S+: ")]
    private static partial Regex Line();
}
