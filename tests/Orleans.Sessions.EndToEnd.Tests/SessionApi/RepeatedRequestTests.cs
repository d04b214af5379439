namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The headers <c>Idempotency-Key</c> and <c>X-Expected-Sequence</c>, which this service adds to the contract.</summary>
public abstract class RepeatedRequestTests(SharedHost host) : ContractTests(host)
{
    private const string Key = "Idempotency-Key";
    private const string ExpectedSequence = "X-Expected-Sequence";

    [Fact]
    public async Task A_create_that_is_repeated_under_its_key_gets_the_first_answer()
    {
        var human = await Admin.NewHumanAsync();
        var caller = Admin.With(Key, Unique("key"));
        var body = new { checks = human.WithPassword };

        var first = await caller.OpenAsync(body);
        var second = await caller.OpenAsync(body);

        Assert.Equal(first, second);
        Assert.Equal([first.Id], await Admin.FindAsync(OfUser(human.Id)));
        (await Admin.ReadAsync(first, first.Token)).Expect(200);
    }

    [Fact]
    public async Task A_totp_code_in_a_repeated_request_does_not_count_as_used()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var caller = Admin.With(Key, Unique("key"));
        var body = new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Now(human.TotpSecret) } } };

        Assert.Equal(await caller.OpenAsync(body), await caller.OpenAsync(body));
    }

    [Fact]
    public async Task Racing_repetitions_make_one_session()
    {
        var caller = Admin.With(Key, Unique("key"));

        var sessions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => caller.OpenAsync(new { metadata = Metadata(("a", "1")) })));

        Assert.Single(sessions.Distinct());
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        var caller = Admin.With(Key, Unique("key"));
        await caller.OpenAsync(new { metadata = Metadata(("a", "1")) });

        (await caller.CreateSessionAsync(new { metadata = Metadata(("a", "2")) })).Expect(Failures.KeyReused);
    }

    [Fact]
    public async Task Keys_of_different_callers_do_not_meet()
    {
        var key = Unique("key");
        var other = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;

        Assert.NotEqual((await Admin.With(Key, key).OpenAsync()).Id, (await other.With(Key, key).OpenAsync()).Id);
    }

    [Fact]
    public async Task An_update_that_is_repeated_under_its_key_gets_the_first_answer()
    {
        var session = await Admin.OpenAsync();
        var caller = Admin.With(Key, Unique("key"));

        var first = session.After(await caller.SetAsync(session, new { metadata = Metadata(("a", "1")) }));
        var second = session.After(await caller.SetAsync(session, new { metadata = Metadata(("a", "1")) }));

        Assert.Equal(first, second);
        Assert.Equal(first.Sequence, (await Admin.ReadAsync(session, first.Token)).Expect(200).Number("session.sequence"));
        (await caller.SetAsync(session, new { metadata = Metadata(("a", "2")) })).Expect(Failures.KeyReused);
    }

    [Fact]
    public async Task A_failed_request_does_not_use_its_key_up()
    {
        var human = await Admin.NewHumanAsync();
        var caller = Admin.With(Key, Unique("key"));

        (
            await caller.CreateSessionAsync(
                new { checks = new { user = new { userId = human.Id }, password = new { password = "wrong" } } }
            )
        ).Expect(Failures.WrongPassword);

        await caller.OpenAsync(human);
    }

    [Fact]
    public async Task A_key_must_not_be_endless()
    {
        var reply = (await Admin.With(Key, new string('k', 201)).CreateSessionAsync(new { })).Expect(400);

        Assert.Equal("SESSION-Idem1", reply.Text("details.0.id"));
        await Admin.With(Key, new string('k', 180) + Unique("key")).OpenAsync();
    }

    [Fact]
    public async Task An_update_happens_at_the_expected_sequence_only()
    {
        var session = await Admin.OpenAsync();

        session = session.After(await Admin.With(ExpectedSequence, "2").SetAsync(session, new { metadata = Metadata(("a", "1")) }));

        (await Admin.With(ExpectedSequence, "2").SetAsync(session, new { metadata = Metadata(("a", "2")) })).Expect(
            Failures.SequencePassed
        );
        (await Admin.With(ExpectedSequence, "99").SetAsync(session, new { metadata = Metadata(("a", "2")) })).Expect(
            Failures.SequencePassed
        );
        (await Admin.With(ExpectedSequence, "x").SetAsync(session, new { metadata = Metadata(("a", "2")) })).ExpectRefusal();
        Assert.Equal("1", MetadataOf((await Admin.ReadAsync(session, session.Token)).Expect(200))["a"]);
    }

    [Fact]
    public async Task Of_racing_updates_with_one_expected_sequence_one_happens()
    {
        var session = await Admin.OpenAsync();
        var caller = Admin.With(ExpectedSequence, "2");

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => caller.SetAsync(session, new { metadata = Metadata(("a", $"{i}")) }))
        );

        Assert.Equal(1, replies.Count(reply => reply.Status == 200));
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.Expect(Failures.SequencePassed));
    }
}

public sealed class RepeatedRequestTestsOnSqlite(SqliteHost host) : RepeatedRequestTests(host);

public sealed class RepeatedRequestTestsOnPostgreSql(PostgreSqlHost host) : RepeatedRequestTests(host);
