namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>When a session gets a new token, and what a token is good for: contract §5.2, §5.3. The shared hosts have no grace.</summary>
public abstract class TokenRotationTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    [Asvs("7.2.4")]
    public async Task Every_change_gives_a_new_token_and_ends_the_old_one()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync();
        object[] changes =
        [
            new { checks = human.OnlyUser },
            new { checks = human.OnlyPassword },
            new { metadata = Metadata(("a", "1")) },
            new { lifetime = "60s" },
        ];
        foreach (var change in changes)
        {
            var before = session;
            session = session.After(await Admin.SetAsync(session, change));

            Assert.NotEqual(before.Token, session.Token);
            Assert.Equal(before.Sequence + 2, session.Sequence);
            (await Admin.ReadAsync(session, before.Token)).Expect(Failures.WrongTokenToRead);
            (await Admin.ReadAsync(session, session.Token)).Expect(200);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"sessionToken":"any"}""")]
    [InlineData("""{"metadata":{}}""")]
    [InlineData("""{"metadata":{"absent":""}}""")]
    [InlineData("""{"checks":{}}""")]
    [InlineData("""{"unknownField":1}""")]
    public async Task A_request_without_a_change_gives_no_token_and_keeps_the_old_one(string body)
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("a", "1")) });
        var before = (await Admin.ReadAsync(session)).Expect(200);

        var reply = (await Admin.SetAsync(session, new Raw(body))).Expect(200);

        Assert.Equal(["details"], reply.Json!.Select(member => member.Key));
        Assert.Equal(session.Sequence, reply.Number("details.sequence"));
        Assert.Equal(before.Text("session.changeDate"), reply.Text("details.changeDate"));
        (await Admin.ReadAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    public async Task Metadata_that_is_there_already_is_no_change()
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("a", "1")) });

        Assert.False((await Admin.SetAsync(session, new { metadata = Metadata(("a", "1")) })).Expect(200).Has("sessionToken"));
    }

    [Fact]
    public async Task A_failing_update_keeps_the_token()
    {
        var session = await Admin.OpenAsync();

        (await Admin.SetAsync(session, new { checks = new { password = new { password = "any" } } })).Expect(Failures.PasswordWithoutUser);

        (await Admin.ReadAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    public async Task An_update_takes_no_notice_of_the_token_in_it()
    {
        var session = await Admin.OpenAsync();

        (await Admin.SetAsync(session, new { sessionToken = "wrong", metadata = Metadata(("a", "1")) })).Expect(200);
        (await Admin.SetAsync(session, new { sessionToken = session.Token, metadata = Metadata(("a", "2")) })).Expect(200);
    }

    [Fact]
    public async Task A_token_reads_and_ends_its_session_for_anybody()
    {
        var session = await Admin.OpenAsync();
        var stranger = (await Admin.NewMachineAsync()).Api;
        (await stranger.ReadAsync(session)).Expect(Failures.NoPermission);

        (await stranger.ReadAsync(session, session.Token)).Expect(200);
        (await stranger.GetAsync($"{session.Path}?session_token={session.Token}")).Expect(200);
        (await stranger.EndAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    public async Task A_read_takes_no_notice_of_other_parameters()
    {
        var (session, other) = (await Admin.OpenAsync(), await Admin.OpenAsync());

        (await Admin.GetAsync($"{session.Path}?unknown=1&sessionToken={session.Token}&unknown=2")).Expect(200);
        Assert.Equal(session.Id, (await Admin.GetAsync($"{session.Path}?sessionId={other.Id}")).Expect(200).Text("session.id"));
        Assert.Equal(
            session.Id,
            (await Admin.GetAsync($"/v2/sessions/%{(int)session.Id[0]:X2}{session.Id[1..]}")).Expect(200).Text("session.id")
        );
    }

    [Fact]
    public async Task A_wrong_token_counts_more_than_the_permission()
    {
        var (session, other) = (await Admin.OpenAsync(), await Admin.OpenAsync());
        var stale = session.Token;
        session = session.After(await Admin.SetAsync(session, new { metadata = Metadata(("a", "1")) }));

        foreach (var wrong in new[] { "wrong", stale, other.Token, session.Token[..^1], session.Token + "x", Admin.Token! })
        {
            (await Admin.ReadAsync(session, wrong)).Expect(Failures.WrongTokenToRead);
            (await Admin.EndAsync(session, wrong)).Expect(Failures.WrongTokenToDelete);
        }

        (await Admin.ReadAsync(session)).Expect(200);
    }

    [Fact]
    public async Task An_empty_token_on_delete_is_as_none()
    {
        var session = await Admin.OpenAsync();

        (await Admin.EndAsync(session, "")).Expect(200);
    }

    [Fact]
    [Asvs("7.2.1")]
    public async Task Every_single_character_of_a_token_counts()
    {
        var session = await Admin.OpenAsync();

        for (var i = 0; i < session.Token.Length; i++)
        {
            var flipped = session.Token[..i] + (session.Token[i] == 'A' ? 'B' : 'A') + session.Token[(i + 1)..];
            (await Admin.ReadAsync(session, flipped)).Expect(Failures.WrongTokenToRead);
        }

        (await Admin.ReadAsync(session, session.Token)).Expect(200);
    }
}

public sealed class TokenRotationTestsOnSqlite(SqliteHost host) : TokenRotationTests(host);

public sealed class TokenRotationTestsOnPostgreSql(PostgreSqlHost host) : TokenRotationTests(host);
