namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Deleting sessions, and requests for sessions that ended or never existed: contract §8.3.</summary>
public abstract class TerminationTests(SharedHost host) : ContractTests(host)
{
    private static OpenSession Unknown => new("99999999999999999", "", 0);

    [Fact]
    [Asvs("7.4.1")]
    public async Task A_terminated_session_is_gone_for_good()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        (await Admin.EndAsync(session)).Expect(200);

        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        (await Admin.ReadAsync(session, session.Token)).Expect(Failures.NoSession);
        (await Admin.SetAsync(session, new { })).Expect(Failures.Terminated);
        (await Admin.SetAsync(session, new { lifetime = "60s" })).Expect(Failures.Terminated);
        Assert.Empty(await Admin.FindAsync(OfUser(human.Id)));
        Assert.Empty(await Admin.FindAsync(new { idsQuery = new { ids = new[] { session.Id } } }));
    }

    [Fact]
    public async Task Deleting_again_gives_the_same_answer()
    {
        var session = await Admin.OpenAsync();

        var first = (await Admin.EndAsync(session)).Expect(200);
        var second = (await Admin.EndAsync(session)).Expect(200);

        Assert.Equal(session.Sequence + 1, first.Number("details.sequence"));
        Assert.True(first.Has("details.changeDate"));
        Assert.True(first.Has("details.resourceOwner"));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Body, (await Admin.EndAsync(session, session.Token)).Expect(200).Body);
        (await Admin.EndAsync(session, "wrong")).Expect(Failures.WrongTokenToDelete);
    }

    [Fact]
    public async Task Delete_takes_a_body_or_none()
    {
        (await Admin.DeleteAsync((await Admin.OpenAsync()).Path)).Expect(200);
        (await Admin.DeleteAsync((await Admin.OpenAsync()).Path, new { })).Expect(200);
        (await Admin.DeleteAsync((await Admin.OpenAsync()).Path, new Raw(""))).Expect(200);
    }

    [Fact]
    public async Task An_unknown_session_is_not_found()
    {
        (await Admin.ReadAsync(Unknown)).Expect(Failures.NoSession);
        (await Admin.ReadAsync(Unknown, "any")).Expect(Failures.NoSession);
        (await Admin.SetAsync(Unknown, new { metadata = Metadata(("a", "1")) })).Expect(Failures.NoSession);
        (await Admin.SetAsync(Unknown, new { })).Expect(Failures.NoSession);
    }

    [Fact]
    public async Task Deleting_an_unknown_session_succeeds_with_permission_and_without_details()
    {
        Assert.Equal("""{"details":{}}""", (await Admin.EndAsync(Unknown)).Expect(200).Body.Replace(" ", "", StringComparison.Ordinal));
        (await Admin.EndAsync(Unknown, "any")).Expect(Failures.WrongTokenToDelete);
        (await (await Admin.NewMachineAsync()).Api.EndAsync(Unknown)).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task Asking_for_an_unknown_session_does_not_make_one()
    {
        (await Admin.SetAsync(Unknown, new { metadata = Metadata(("a", "1")) })).Expect(Failures.NoSession);

        (await Admin.ReadAsync(Unknown)).Expect(Failures.NoSession);
        Assert.Empty(await Admin.FindAsync(new { idsQuery = new { ids = new[] { Unknown.Id } } }));
    }

    [Theory]
    [InlineData("not-a-number")]
    [InlineData("{0}")]
    [InlineData("{session_id}")]
    [InlineData("' or 1=1 --")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("+s-1")]
    [InlineData("..%2F..")]
    [InlineData("ümläut 密码")]
    [InlineData("1;2|3,4")]
    public async Task Any_text_may_be_asked_for_as_an_id(string id)
    {
        var path = $"/v2/sessions/{Uri.EscapeDataString(id)}";

        (await Admin.GetAsync(path)).Expect(Failures.NoSession);
        (await Admin.PatchAsync(path, new { metadata = Metadata(("a", "1")) })).Expect(Failures.NoSession);
        (await Admin.DeleteAsync(path)).Expect(200);
    }
}

public sealed class TerminationTestsOnSqlite(SqliteHost host) : TerminationTests(host);

public sealed class TerminationTestsOnPostgreSql(PostgreSqlHost host) : TerminationTests(host);
