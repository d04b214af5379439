namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Too many wrong passwords: session-api §3.3. The shared hosts lock after the third.</summary>
public abstract class Lockout(SharedHost host) : ContractTests(host)
{
    private static readonly object s_wrong = new { checks = new { password = new { password = "wrong" } } };

    [Fact]
    public async Task The_failure_that_reaches_the_limit_locks_and_is_still_answered_as_wrong()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var reply = (await Admin.SetAsync(session, s_wrong)).Expect(Failures.WrongPassword);
            Assert.Equal(attempt, reply["details.0.failedAttempts"]!.GetValue<int>());
        }

        Assert.Equal("USER_STATE_LOCKED", (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.state"));
    }

    [Fact]
    public async Task After_the_lock_even_the_right_password_is_refused_as_a_precondition()
    {
        var human = await LockedAsync();

        var reply = (await Admin.CreateSessionAsync(new { checks = human.WithPassword })).Expect(400);

        Assert.Equal(9, reply["code"]!.GetValue<int>());
        Assert.Contains(reply.Text("details.0.id"), new[] { "SESSION-Gj4ko", "COMMAND-JLK35" });
    }

    [Fact]
    public async Task A_session_that_had_its_user_before_the_lock_is_refused_as_a_precondition()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        await FailAsync(human, 3);

        var reply = (await Admin.SetAsync(session, new { checks = human.OnlyPassword })).Expect(400);

        Assert.Equal(9, reply["code"]!.GetValue<int>());
        Assert.Contains(reply.Text("details.0.id"), new[] { "COMMAND-JLK35", "COMMAND-SFA3t", "COMMAND-Hewfq" });
    }

    [Fact]
    public async Task The_lock_ends_the_sessions_of_the_user()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        await FailAsync(human, 3);

        await Eventually.StatusAsync(404, () => Admin.ReadAsync(session), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Unlocking_starts_the_count_anew_but_brings_no_session_back()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        await FailAsync(human, 3);
        await Eventually.StatusAsync(404, () => Admin.ReadAsync(session), TimeSpan.FromSeconds(5));

        (await Admin.PostAsync($"/v2/users/{human.Id}/unlock")).Expect(200);

        await FailAsync(human, 2);
        await Admin.OpenAsync(human);
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
    }

    [Fact]
    public async Task A_success_in_between_keeps_the_lock_away()
    {
        var human = await Admin.NewHumanAsync();

        await FailAsync(human, 2);
        await Admin.OpenAsync(human);
        await FailAsync(human, 2);

        await Admin.OpenAsync(human);
    }

    [Fact]
    public async Task Guesses_made_side_by_side_do_not_get_past_the_limit()
    {
        var human = await Admin.NewHumanAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Admin.OpenAsync(new { checks = human.OnlyUser })));

        var replies = await Task.WhenAll(sessions.Select(session => Admin.SetAsync(session, s_wrong)));

        Assert.All(replies, reply => reply.Expect(400));
        Assert.Equal(3, replies.Count(reply => reply.Text("details.0.id") == Failures.WrongPassword.Id));
    }

    private async Task<Human> LockedAsync()
    {
        var human = await Admin.NewHumanAsync();
        await FailAsync(human, 3);
        return human;
    }

    private async Task FailAsync(Human human, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await Admin.CreateSessionAsync(new { checks = new { user = new { userId = human.Id }, password = new { password = "wrong" } } }))
                .Expect(Failures.WrongPassword);
        }
    }
}

public sealed class LockoutOnSqlite(SqliteHost host) : Lockout(host);

public sealed class LockoutOnPostgreSql(PostgreSqlHost host) : Lockout(host);
