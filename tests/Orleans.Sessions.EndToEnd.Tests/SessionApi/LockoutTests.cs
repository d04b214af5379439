namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Too many wrong answers. On the shared hosts the third wrong password from a source blocks passwords from that source.</summary>
public abstract class LockoutTests(SharedHost host) : ContractTests(host)
{
    private const string Home = "198.51.100.1";
    private const string Elsewhere = "203.0.113.7";
    private static readonly object s_wrong = new { checks = new { password = new { password = "wrong" } } };

    [Fact]
    public async Task The_failure_that_reaches_the_limit_blocks_the_password_and_is_still_answered_as_wrong()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var reply = (await Admin.SetAsync(session, s_wrong)).Expect(Failures.WrongPassword);
            Assert.Equal(attempt, reply["details.0.failedAttempts"]!.GetValue<int>());
        }

        await AssertBlockedAsync(() => Admin.SetAsync(session, new { checks = human.OnlyPassword }));
        await AssertBlockedAsync(() => Admin.CreateSessionAsync(new { checks = human.WithPassword }));
        Assert.Equal("USER_STATE_ACTIVE", (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.state"));
    }

    [Fact]
    [Asvs("6.3.1")]
    public async Task A_strangers_guesses_end_no_session_and_keep_nobody_out_elsewhere()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        await FailAsync(human, 3, Elsewhere);

        await AssertBlockedAsync(() => LogInAsync(human, human.Password, Elsewhere));
        (await LogInAsync(human, human.Password, Home)).Expect(201);
        (await Admin.As(session.Token).GetAsync($"/v2/users/{human.Id}")).Expect(200);
    }

    [Fact]
    public async Task An_administrators_lock_ends_the_sessions_and_unlocking_brings_none_back()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        (await Admin.PostAsync($"/v2/users/{human.Id}/lock")).Expect(200);

        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        (await Admin.PostAsync($"/v2/users/{human.Id}/unlock")).Expect(200);
        await Admin.OpenAsync(human);
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
    }

    [Fact]
    public async Task Unlocking_lifts_a_block_and_starts_the_count_anew()
    {
        var human = await Admin.NewHumanAsync();
        await FailAsync(human, 3);
        await AssertBlockedAsync(() => LogInAsync(human, human.Password));

        (await Admin.PostAsync($"/v2/users/{human.Id}/unlock")).Expect(200);

        await FailAsync(human, 2);
        await Admin.OpenAsync(human);
        Assert.Equal(9, (await Admin.PostAsync($"/v2/users/{human.Id}/unlock")).Expect(400)["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_success_in_between_keeps_the_block_away()
    {
        var human = await Admin.NewHumanAsync();

        await FailAsync(human, 2);
        await Admin.OpenAsync(human);
        await FailAsync(human, 2);

        await Admin.OpenAsync(human);
    }

    [Fact]
    [Asvs("6.3.1")]
    public async Task Guesses_made_side_by_side_do_not_get_past_the_limit()
    {
        var human = await Admin.NewHumanAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Admin.OpenAsync(new { checks = human.OnlyUser })));

        var replies = await Task.WhenAll(sessions.Select(session => Admin.SetAsync(session, s_wrong)));

        Assert.All(replies, reply => reply.Expect(400));
        Assert.Equal(3, replies.Count(reply => reply.Text("details.0.id") == Failures.WrongPassword.Id));
    }

    private static async Task AssertBlockedAsync(Func<Task<Reply>> attempt)
    {
        var reply = (await attempt()).Expect(400);
        Assert.Equal(
            (9, "COMMAND-JLK35", 3),
            (reply["code"]!.GetValue<int>(), reply.Text("details.0.id"), reply["details.0.failedAttempts"]!.GetValue<int>())
        );
        Assert.InRange(int.Parse(reply.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
    }

    private async Task FailAsync(Human human, int times, string? ip = null)
    {
        for (var i = 0; i < times; i++)
        {
            (await LogInAsync(human, "wrong", ip)).Expect(Failures.WrongPassword);
        }
    }

    private Task<Reply> LogInAsync(Human human, string password, string? ip = null) =>
        Admin.CreateSessionAsync(
            new { checks = new { user = new { userId = human.Id }, password = new { password } }, userAgent = new { ip } }
        );
}

public sealed class LockoutTestsOnSqlite(SqliteHost host) : LockoutTests(host);

public sealed class LockoutTestsOnPostgreSql(PostgreSqlHost host) : LockoutTests(host);
