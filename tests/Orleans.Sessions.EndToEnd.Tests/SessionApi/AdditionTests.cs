namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Additions of this service to the contract: search by state, idle timeout, ending all sessions of a user at once.</summary>
public abstract class AdditionTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_search_by_state_finds_active_expired_and_terminated_sessions_and_says_so()
    {
        var human = await Admin.NewHumanAsync();
        var (active, expiring, ended) = (
            await Admin.OpenAsync(human),
            await Admin.OpenAsync(new { checks = human.OnlyUser, lifetime = "0.05s" }),
            await Admin.OpenAsync(human)
        );
        (await Admin.EndAsync(ended)).Expect(200);
        await Eventually.StatusAsync(400, () => Admin.SetAsync(expiring, new { }), TimeSpan.FromSeconds(5));

        foreach (var (state, session) in new[] { ("ACTIVE", active), ("EXPIRED", expiring), ("TERMINATED", ended) })
        {
            var found = (await Admin.SearchAsync(OfUser(human.Id), new { stateQuery = new { state = $"SESSION_STATE_{state}" } })).Expect(
                200
            );
            Assert.Equal([session.Id], found.Texts("sessions", "id"));
            Assert.Equal([$"SESSION_STATE_{state}"], found.Texts("sessions", "state"));
        }

        foreach (var (state, session) in new[] { ("ACTIVE", active), ("EXPIRED", expiring) })
        {
            Assert.Equal($"SESSION_STATE_{state}", (await Admin.ReadAsync(session)).Expect(200).Text("session.state"));
        }

        var all = (await Admin.SearchAsync(OfUser(human.Id))).Expect(200);
        Assert.Equal(["SESSION_STATE_ACTIVE", "SESSION_STATE_EXPIRED"], all.Texts("sessions", "state").Order());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"state":0}""")]
    [InlineData("""{"state":9}""")]
    public async Task A_search_by_no_state_is_refused(string query) =>
        (await Admin.PostAsync("/v2/sessions/search", new Raw($$"""{"queries":[{"stateQuery":{{query}}}]}"""))).Expect(400);

    [Fact]
    public async Task An_unused_session_expires_and_a_used_one_does_not()
    {
        var used = await Admin.OpenAsync(new { idleTimeout = "2s", lifetime = "3600s" });
        var unused = await Admin.OpenAsync(new { idleTimeout = "2s" });
        Assert.Equal("2s", (await Admin.ReadAsync(used)).Expect(200).Text("session.idleTimeout"));

        await Eventually.StatusAsync(
            400,
            async () =>
            {
                (await Admin.ReadAsync(used, used.Token)).Expect(200);
                return await Admin.SetAsync(unused, new { });
            },
            TimeSpan.FromSeconds(10)
        );

        (await Admin.SetAsync(used, new { })).Expect(200);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("-1s")]
    public async Task An_idle_timeout_must_be_positive(string idleTimeout) =>
        (await Admin.CreateSessionAsync(new { idleTimeout })).Expect(
            Failure.Invalid("CreateSessionRequest.IdleTimeout: value must be greater than 0s")
        );

    [Fact]
    [Asvs("7.4.5")]
    public async Task All_sessions_of_a_user_end_at_once_but_those_that_are_to_stay()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var here = await Admin.OpenAsync(human);
        var elsewhere = new[] { await Admin.OpenAsync(human), await Admin.OpenAsync(human) };
        var foreign = await Admin.OpenAsync(other);

        var reply = (
            await Admin.PostAsync("/v2/sessions/delete", new { userId = human.Id, exceptSessionIds = new[] { here.Id, foreign.Id } })
        ).Expect(200);

        Assert.Equal(2, reply.Number("deleted"));
        Assert.Equal([here.Id], await Admin.FindAsync(OfUser(human.Id)));
        foreach (var session in elsewhere)
        {
            (await Admin.ReadAsync(session, session.Token)).Expect(Failures.NoSession);
        }

        (await Admin.ReadAsync(foreign, foreign.Token)).Expect(200);
        Assert.False(
            (await Admin.PostAsync("/v2/sessions/delete", new { userId = human.Id, exceptSessionIds = new[] { here.Id } }))
                .Expect(200)
                .Has("deleted")
        );
    }

    [Fact]
    [Asvs("7.5.2")]
    public async Task A_person_may_end_their_own_sessions_and_nobody_elses()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var here = await Admin.OpenAsync(human);
        var there = await Admin.OpenAsync(human);
        var person = Admin.As(here.Token);

        (await person.PostAsync("/v2/sessions/delete", new { userId = other.Id })).Expect(Failures.NoPermission);
        (await person.PostAsync("/v2/sessions/delete", new { userId = human.Id, exceptSessionIds = new[] { here.Id } })).Expect(200);

        (await Admin.ReadAsync(there, there.Token)).Expect(Failures.NoSession);
        (await person.GetAsync(here.Path)).Expect(200);
    }

    [Fact]
    public async Task Bad_requests_end_nothing()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        (await Admin.PostAsync("/v2/sessions/delete", new { })).Expect(400);
        (await Admin.PostAsync("/v2/sessions/delete", new { userId = human.Id, exceptSessionIds = Enumerable.Repeat("x", 101) })).Expect(
            Failure.Invalid("DeleteUserSessionsRequest.ExceptSessionIds: value must contain no more than 100 item(s)")
        );
        (await Admin.PostAsync("/v2/sessions/delete", new { userId = "nobody" })).Expect(404);

        (await Admin.ReadAsync(session, session.Token)).Expect(200);
    }
}

public sealed class AdditionTestsOnSqlite(SqliteHost host) : AdditionTests(host);

public sealed class AdditionTestsOnPostgreSql(PostgreSqlHost host) : AdditionTests(host);
