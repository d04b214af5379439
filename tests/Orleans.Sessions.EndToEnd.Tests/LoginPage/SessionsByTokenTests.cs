namespace Orleans.Sessions.EndToEnd.LoginPage;

/// <summary>Reading the sessions of a browser by their tokens: one that cannot be read does not fail the others.</summary>
public abstract class SessionsByTokenTests(SharedHost host) : ContractTests(host)
{
    private const string Read = "/v2/sessions/read";
    private const int MaxSessions = 50;

    [Fact]
    public async Task No_sessions_are_asked_for_and_none_are_answered()
    {
        Assert.False((await Admin.PostAsync(Read, new { })).Expect(200).Has("sessions"));
        Assert.False((await ReadAsync(Admin)).Expect(200).Has("sessions"));
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_request_each_with_its_session_or_the_reason()
    {
        var human = await Admin.NewHumanAsync();
        var (first, second, other) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var ended = await Admin.OpenAsync(human);
        (await Admin.EndAsync(ended)).Expect(200);
        var changed = await Admin.OpenAsync(human);
        (await Admin.SetAsync(changed, new { lifetime = "60s" })).Expect(200);

        var reply = (
            await ReadAsync(
                Admin,
                second,
                first with
                {
                    Token = "unknown",
                },
                first with
                {
                    Token = other.Token,
                },
                first with
                {
                    Id = "none",
                },
                ended,
                changed,
                first
            )
        ).Expect(200);

        Assert.Equal([second.Id, first.Id, first.Id, "none", ended.Id, changed.Id, first.Id], reply.Texts("sessions", "sessionId"));
        string?[] errors =
        [
            null,
            Failures.WrongTokenToRead.Id,
            Failures.WrongTokenToRead.Id,
            Failures.NoSession.Id,
            Failures.NoSession.Id,
            Failures.WrongTokenToRead.Id,
            null,
        ];
        Assert.Equal(errors, reply.Items("sessions").Select(answer => answer["errorId"]?.GetValue<string>()));
        Assert.Equal(errors.Select(error => error is null), reply.Items("sessions").Select(answer => answer["session"] is not null));
        Assert.Equal((second.Id, first.Id), (reply.Text("sessions.0.session.id"), reply.Text("sessions.6.session.id")));
        Assert.Equal(human.Id, reply.Text("sessions.0.session.factors.user.id"));
    }

    [Fact]
    public async Task A_session_that_is_named_twice_is_answered_twice()
    {
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());

        var reply = (await ReadAsync(Admin, session, session)).Expect(200);

        Assert.Equal([session.Id, session.Id], reply.Items("sessions").Select(answer => answer["session"]!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_longest_list_is_answered_and_a_longer_one_is_refused()
    {
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        OpenSession[] longest = [.. Enumerable.Repeat(session, MaxSessions)];

        Assert.Equal(MaxSessions, (await ReadAsync(Admin, longest)).Expect(200).Items("sessions").Count);

        (await ReadAsync(Admin, [.. longest, session])).Expect(
            Failure.Invalid($"ListSessionsByTokenRequest.Sessions: value must contain no more than {MaxSessions} item(s)")
        );
    }

    [Fact]
    public async Task One_malformed_entry_fails_the_call_and_names_the_field()
    {
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        foreach (
            var (bad, field) in new[]
            {
                (session with { Id = "" }, "SessionId"),
                (session with { Id = new string('1', 201) }, "SessionId"),
                (session with { Token = "" }, "SessionToken"),
                (session with { Token = new string('x', 501) }, "SessionToken"),
            }
        )
        {
            var refused = (await ReadAsync(Admin, session, bad)).Expect(400).ExpectRefusal();
            Assert.Contains(field, refused.Text("message"), StringComparison.Ordinal);
            Assert.Contains("[1]", refused.Text("message"), StringComparison.Ordinal);
        }

        (await Admin.PostAsync(Read, new { sessions = "all" })).Expect(400).ExpectRefusal();
        (await Admin.PostAsync(Read, new { sessions = new[] { "all" } })).Expect(400).ExpectRefusal();
        (await Admin.PostAsync(Read, new { sessions = new[] { new { sessionId = 1, sessionToken = true } } })).Expect(400).ExpectRefusal();
        (await Admin.PostAsync(Read, new { unknown = 1 })).Expect(400).ExpectRefusal();
    }

    [Fact]
    public async Task The_tokens_are_the_right_to_read_and_without_them_a_role_does_not_help()
    {
        var (mine, theirs) = (await Admin.OpenAsync(await Admin.NewHumanAsync()), await Admin.OpenAsync(await Admin.NewHumanAsync()));
        var service = (await Admin.NewMachineAsync()).Api;

        foreach (var caller in new[] { service, Admin.As(mine.Token) })
        {
            var read = (await ReadAsync(caller, mine, theirs)).Expect(200);
            Assert.Equal([mine.Id, theirs.Id], read.Items("sessions").Select(answer => answer["session"]!["id"]!.GetValue<string>()));
        }

        var guessed = (await ReadAsync(Admin, theirs with { Token = mine.Token })).Expect(200);
        Assert.Equal(Failures.WrongTokenToRead.Id, guessed.Text("sessions.0.errorId"));
        Assert.False(guessed.Has("sessions.0.session"));

        (await ReadAsync(Admin.As(null), mine)).Expect(Failures.NoToken);
        (await ReadAsync(Admin.As("nonsense"), mine)).Expect(Failures.BadToken);
    }

    private static Task<Reply> ReadAsync(Api caller, params OpenSession[] sessions) =>
        caller.PostAsync(Read, new { sessions = sessions.Select(session => new { sessionId = session.Id, sessionToken = session.Token }) });
}

public sealed class SessionsByTokenTestsOnSqlite(SqliteHost host) : SessionsByTokenTests(host);

public sealed class SessionsByTokenTestsOnPostgreSql(PostgreSqlHost host) : SessionsByTokenTests(host);
