namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Acknowledged changes survive whatever happens to the process.</summary>
public abstract class RestartTests(Installation installation)
{
    [Fact]
    public async Task A_kill_loses_nothing_that_was_acknowledged()
    {
        var admin = await installation.AdminAsync();
        var machine = await admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var humans = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => admin.NewHumanAsync(withTotp: true)));
        var ended = await admin.OpenAsync(humans[0]);
        (await admin.EndAsync(ended)).Expect(200);

        var acknowledged = await WorkUntilKilledAsync(admin, humans);

        admin = await installation.AdminAsync();
        foreach (var session in acknowledged)
        {
            // An update without an answer may have happened. An acknowledged update has happened.
            var read = (await admin.ReadAsync(session)).Expect(200);
            Assert.InRange(read.Number("session.sequence"), session.Sequence, session.Sequence + 3);
            if (read.Number("session.sequence") == session.Sequence)
            {
                (await admin.ReadAsync(session, session.Token)).Expect(200);
            }
        }

        Assert.Equal(
            acknowledged.Select(session => session.Id).Order(),
            (
                await admin.PostAsync(
                    "/v2/sessions/search",
                    new
                    {
                        query = new { limit = 1000 },
                        queries = new[] { new { idsQuery = new { ids = acknowledged.Select(session => session.Id) } } },
                    }
                )
            )
                .Expect(200)
                .Texts("sessions", "id")
                .Order()
        );
        (await admin.ReadAsync(ended)).Expect(Failures.NoSession);
        await machine.Api.At(admin.Host).OpenAsync();
        foreach (var human in humans)
        {
            var totp = new { code = TotpCode.Now(human.TotpSecret) };
            await admin.OpenAsync(
                new
                {
                    checks = new
                    {
                        user = new { loginName = human.LoginName },
                        password = new { password = human.Password },
                        totp,
                    },
                }
            );
        }
    }

    [Fact]
    public async Task A_restart_makes_no_second_token_and_keeps_the_first()
    {
        var admin = await installation.AdminAsync();
        var token = admin.Host.AdminToken;
        Assert.Contains("first start", installation.First.Output, StringComparison.Ordinal);
        var owner = (await admin.CreateSessionAsync(new { })).Expect(201).Text("details.resourceOwner");
        await admin.Host.TerminateAsync();

        admin = await installation.AdminAsync();

        Assert.Equal(token, admin.Host.AdminToken);
        Assert.DoesNotContain("first start", admin.Host.Output, StringComparison.Ordinal);
        Assert.Equal(owner, (await admin.CreateSessionAsync(new { })).Expect(201).Text("details.resourceOwner"));
    }

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_after_a_kill_too()
    {
        var admin = await installation.AdminAsync();
        var human = await admin.NewHumanAsync(withTotp: true);
        var body = new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Now(human.TotpSecret) } } };
        var change = new { metadata = Metadata(("a", "1")) };
        var (createKey, updateKey) = (Unique("create"), Unique("update"));
        var created = await admin.With("Idempotency-Key", createKey).OpenAsync(body);
        var updated = created.After(await admin.With("Idempotency-Key", updateKey).SetAsync(created, change));

        await admin.Host.KillAsync();
        admin = await installation.AdminAsync();

        Assert.Equal(updated, created.After(await admin.With("Idempotency-Key", updateKey).SetAsync(created, change)));
        (await admin.ReadAsync(updated, updated.Token)).Expect(200);
        Assert.Equal(created.Id, (await admin.With("Idempotency-Key", createKey).OpenAsync(body)).Id);
        Assert.Equal([created.Id], await admin.FindAsync(OfUser(human.Id)));
    }

    [Fact]
    public async Task A_kill_amid_the_creation_of_users_leaves_no_half_of_one_and_no_name_taken_in_vain()
    {
        var admin = await installation.AdminAsync();
        await admin.NewHumanAsync();
        var before = await NumberOfHumansAsync(admin);
        var names = Enumerable.Range(0, 100).Select(_ => Unique("human")).ToList();
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<string>();
        var creations = names
            .Select(async name =>
            {
                try
                {
                    acknowledged.Add((await admin.NewHumanAsync(username: name)).LoginName);
                }
                catch (HttpRequestException)
                {
                    // The host is dead.
                }
            })
            .ToList();

        await Eventually.GetAsync(
            () => admin.GetAsync("/debug/healthz"),
            _ => acknowledged.Count >= 20,
            TimeSpan.FromSeconds(30),
            "some users"
        );
        await admin.Host.KillAsync();
        await Task.WhenAll(creations);
        admin = await installation.AdminAsync();

        foreach (var name in names)
        {
            var login = new { checks = new { user = new { loginName = name }, password = new { password = Password } } };
            var created = await admin.CreateSessionAsync(login);
            if (created.Status != 201)
            {
                created.Expect(Failures.NoSuchUser);
                Assert.DoesNotContain(name, acknowledged);
                await admin.NewHumanAsync(username: name);
                (await admin.CreateSessionAsync(login)).Expect(201);
            }
        }

        Assert.Equal(before + names.Count, await NumberOfHumansAsync(admin));
    }

    [Fact]
    public async Task A_used_code_stays_used_and_a_blocked_password_stays_blocked()
    {
        var admin = await installation.AdminAsync();
        var (human, blocked) = (await admin.NewHumanAsync(withTotp: true), await admin.NewHumanAsync());
        var body = new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Next(human.TotpSecret) } } };
        await admin.OpenAsync(body);
        for (var i = 0; i < 3; i++)
        {
            (
                await admin.CreateSessionAsync(
                    new { checks = new { user = new { userId = blocked.Id }, password = new { password = "wrong" } } }
                )
            ).Expect(Failures.WrongPassword);
        }

        await admin.Host.KillAsync();
        admin = await installation.AdminAsync();

        (await admin.CreateSessionAsync(body)).Expect(Failures.WrongTotp);
        Assert.Equal(
            "COMMAND-JLK35",
            (await admin.CreateSessionAsync(new { checks = blocked.WithPassword })).Expect(400).Text("details.0.id")
        );
    }

    [Fact]
    public async Task Sessions_of_a_user_who_was_locked_just_before_the_kill_do_not_come_back()
    {
        var admin = await installation.AdminAsync();
        var human = await admin.NewHumanAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => admin.OpenAsync(new { checks = human.OnlyUser })));
        var locking = admin.PostAsync($"/v2/users/{human.Id}/lock");
        await Eventually.GetAsync(
            () => admin.GetAsync($"/v2/users/{human.Id}"),
            user => user.Text("user.state") == "USER_STATE_LOCKED",
            TimeSpan.FromSeconds(5),
            "the lock"
        );

        await admin.Host.KillAsync();
        await Task.WhenAny(locking);
        admin = await installation.AdminAsync();

        foreach (var session in sessions)
        {
            await Eventually.StatusAsync(404, () => admin.ReadAsync(session), TimeSpan.FromSeconds(10));
        }
    }

    private static async Task<long> NumberOfHumansAsync(Api admin) =>
        (
            await admin.PostAsync(
                "/v2/users",
                new { query = new { limit = 1 }, queries = new[] { new { typeQuery = new { type = "TYPE_HUMAN" } } } }
            )
        )
            .Expect(200)
            .Number("details.totalResult");

    /// <summary>
    /// Creates and updates sessions from several clients and kills the host meanwhile. Returns the acknowledged sessions.
    /// </summary>
    private static async Task<IReadOnlyList<OpenSession>> WorkUntilKilledAsync(Api admin, Human[] humans)
    {
        var acknowledged = new System.Collections.Concurrent.ConcurrentDictionary<string, OpenSession>();
        var clients = humans
            .Select(async human =>
            {
                try
                {
                    while (true)
                    {
                        var session = await admin.OpenAsync(human);
                        acknowledged[session.Id] = session;
                        session = session.After(await admin.SetAsync(session, new { metadata = Metadata(("a", "1")), lifetime = "3600s" }));
                        acknowledged[session.Id] = session;
                        session = session.After(await admin.SetAsync(session, new { metadata = Metadata(("b", "2")) }));
                        acknowledged[session.Id] = session;
                    }
                }
                catch (HttpRequestException)
                {
                    // The host is dead.
                }
            })
            .ToList();

        await Eventually.GetAsync(
            () => admin.GetAsync("/debug/healthz"),
            _ => acknowledged.Count >= 50,
            TimeSpan.FromSeconds(30),
            "fifty sessions"
        );
        await admin.Host.KillAsync();
        await Task.WhenAll(clients);
        return [.. acknowledged.Values];
    }
}

public sealed class RestartTestsOnSqlite(SqliteInstallation installation) : RestartTests(installation), IClassFixture<SqliteInstallation>;

public sealed class RestartTestsOnPostgreSql(PostgreSqlInstallation installation)
    : RestartTests(installation),
        IClassFixture<PostgreSqlInstallation>;
