using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The fields of a session: contract §2.</summary>
public abstract class SessionObjectTests(SharedHost host) : ContractTests(host)
{
    private const string Timestamp = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6}|\.\d{9})?Z$";

    [Fact]
    public async Task An_empty_session_has_only_id_dates_sequence_and_state()
    {
        var session = await Admin.OpenAsync();

        var read = (await Admin.ReadAsync(session)).Expect(200);

        Assert.Equal(["session"], read.Json!.Select(member => member.Key));
        Assert.Equal(
            ["changeDate", "creationDate", "id", "lastUsedDate", "sequence", "state"],
            read["session"]!.AsObject().Select(member => member.Key).Order()
        );
        Assert.Equal(session.Id, read.Text("session.id"));
        Assert.Equal("2", read.Text("session.sequence"));
        Assert.Matches(Timestamp, read.Text("session.creationDate"));
        Assert.Matches(Timestamp, read.Text("session.changeDate"));
    }

    [Fact]
    public async Task The_dates_are_those_of_creation_and_of_the_last_change()
    {
        var created = (await Admin.CreateSessionAsync(new { })).Expect(201);
        var session = new OpenSession(created.Text("sessionId"), created.Text("sessionToken"), 2);
        var before = (await Admin.ReadAsync(session)).Expect(200);

        var update = (await Admin.SetAsync(session, new { metadata = Metadata(("a", "b")) })).Expect(200);

        var after = (await Admin.ReadAsync(session)).Expect(200);
        Assert.Equal(created.Text("details.changeDate"), before.Text("session.changeDate"));
        Assert.Equal(before.Text("session.creationDate"), after.Text("session.creationDate"));
        Assert.Equal(update.Text("details.changeDate"), after.Text("session.changeDate"));
        Assert.Equal(update.Text("details.sequence"), after.Text("session.sequence"));
        Assert.True(after.Date("session.changeDate") > before.Date("session.changeDate"));
        Assert.InRange(DateTimeOffset.UtcNow - after.Date("session.changeDate"), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_user_factor_carries_id_names_and_organization()
    {
        var human = await Admin.NewHumanAsync(organizationId: Unique("org"));
        var session = await Admin.OpenAsync(human);

        var factors = (await Admin.ReadAsync(session)).Expect(200)["session.factors"]!.AsObject();

        Assert.Equal(["password", "user"], factors.Select(member => member.Key).Order());
        var user = factors["user"]!.AsObject();
        Assert.Equal(["displayName", "id", "loginName", "organizationId", "verifiedAt"], user.Select(member => member.Key).Order());
        Assert.Equal(
            (human.Id, human.LoginName, "Minnie M.", human.OrganizationId),
            (Value(user, "id"), Value(user, "loginName"), Value(user, "displayName"), Value(user, "organizationId"))
        );
        Assert.Matches(Timestamp, Value(user, "verifiedAt"));
        Assert.Equal(["verifiedAt"], factors["password"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task The_user_agent_comes_back_as_it_was_given()
    {
        var session = await Admin.OpenAsync(
            new
            {
                userAgent = new
                {
                    fingerprintId = "fp-1",
                    ip = "203.0.113.7",
                    description = "Firefox on Linux ✓",
                    header = new Dictionary<string, object> { ["user-agent"] = new { values = new[] { "Mozilla/5.0", "second" } } },
                },
            }
        );

        var agent = (await Admin.ReadAsync(session)).Expect(200)["session.userAgent"]!;

        var expected = JsonNode.Parse(
            """
            {"fingerprintId":"fp-1","ip":"203.0.113.7","description":"Firefox on Linux ✓",
             "header":{"user-agent":{"values":["Mozilla/5.0","second"]}}}
            """
        );
        Assert.True(JsonNode.DeepEquals(expected, agent), agent.ToJsonString());
    }

    [Theory]
    [InlineData("2001:0DB8:0:0:0:0:0:0001", "2001:db8::1")]
    [InlineData("198.51.100.23", "198.51.100.23")]
    [InlineData("not an address", null)]
    [InlineData("::ffff:198.51.100.23", "198.51.100.23")]
    [InlineData("300.1.1.1", null)]
    [InlineData("fe80::1%lo", null)]
    [InlineData("[2001:db8::1]", null)]
    [InlineData("", null)]
    public async Task An_address_is_stored_in_canonical_form_or_dropped_silently(string given, string? stored)
    {
        var session = await Admin.OpenAsync(new { userAgent = new { fingerprintId = "fp-1", ip = given } });

        Assert.Equal(stored, (await Admin.ReadAsync(session)).Expect(200)["session.userAgent.ip"]?.GetValue<string>());
    }

    [Fact]
    public async Task A_fingerprint_id_may_be_longer_than_any_that_is_searched_for()
    {
        var fingerprintId = string.Concat(Enumerable.Range(0, 500).Select(_ => $"{Guid.NewGuid():N}"));
        var session = await Admin.OpenAsync(new { userAgent = new { fingerprintId } });

        Assert.Equal(fingerprintId, (await Admin.ReadAsync(session)).Expect(200).Text("session.userAgent.fingerprintId"));
    }

    [Fact]
    public async Task The_user_agent_cannot_be_changed_later()
    {
        var session = await Admin.OpenAsync(new { userAgent = new { fingerprintId = "first" } });

        var update = (await Admin.SetAsync(session, new { userAgent = new { fingerprintId = "second" } })).Expect(200);

        Assert.False(update.Has("sessionToken"));
        Assert.Equal("first", (await Admin.ReadAsync(session)).Expect(200).Text("session.userAgent.fingerprintId"));
    }

    [Fact]
    public async Task Nothing_is_taken_from_the_connection()
    {
        var session = await Admin.With("User-Agent", "TestBrowser/1.0").OpenAsync();

        Assert.False((await Admin.ReadAsync(session)).Expect(200).Has("session.userAgent"));
    }

    private static string Value(JsonObject item, string member) => item[member]!.GetValue<string>();
}

public sealed class SessionObjectTestsOnSqlite(SqliteHost host) : SessionObjectTests(host);

public sealed class SessionObjectTestsOnPostgreSql(PostgreSqlHost host) : SessionObjectTests(host);
