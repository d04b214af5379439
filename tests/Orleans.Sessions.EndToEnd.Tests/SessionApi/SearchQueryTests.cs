using System.Globalization;

namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The queries of ListSessions: contract §7.1, §7.2. Each test sees only sessions of its own browser or user.</summary>
public abstract class SearchQueryTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task By_ids()
    {
        var (a, b, c) = (await Admin.OpenAsync(), await Admin.OpenAsync(), await Admin.OpenAsync());

        Assert.Equal(Sorted(a, c), (await Admin.FindAsync(new { idsQuery = new { ids = new[] { a.Id, c.Id, "unknown" } } })).Order());
        Assert.Equal([b.Id], await Admin.FindAsync(new { idsQuery = new { ids = new[] { b.Id, b.Id } } }));
    }

    [Fact]
    public async Task An_empty_list_of_ids_matches_nothing()
    {
        await Admin.OpenAsync();

        var found = (await Admin.SearchAsync(new { idsQuery = new { } })).Expect(200);

        Assert.Equal(["details"], found.Json!.Select(member => member.Key));
        Assert.Equal(["timestamp", "totalIsExact"], found["details"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task By_user()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var (a, b) = (await Admin.OpenAsync(human), await Admin.OpenAsync(new { checks = human.OnlyUser }));
        await Admin.OpenAsync(other);

        Assert.Equal(Sorted(a, b), (await Admin.FindAsync(OfUser(human.Id))).Order());
        Assert.Empty(await Admin.FindAsync(OfUser("unknown")));
        (await Admin.SearchAsync(new { userIdQuery = new { } })).Expect(200);
    }

    [Fact]
    public async Task By_user_finds_a_session_that_got_its_user_later()
    {
        var human = await Admin.NewHumanAsync();
        await Admin.OpenAsync(human);
        var session = await Admin.OpenAsync();
        Assert.Single(await Admin.FindAsync(OfUser(human.Id)));

        (await Admin.SetAsync(session, new { checks = human.OnlyUser })).Expect(200);

        Assert.Contains(session.Id, await Admin.FindAsync(OfUser(human.Id)));
    }

    [Fact]
    public async Task By_creator()
    {
        var (creator, other) = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT"), await Admin.NewMachineAsync("IAM_LOGIN_CLIENT"));
        var (own, foreign) = (await creator.Api.OpenAsync(), await other.Api.OpenAsync());

        Assert.Equal([own.Id], await creator.Api.FindAsync(new { creatorQuery = new { } }));
        Assert.Equal([foreign.Id], await creator.Api.FindAsync(new { creatorQuery = new { id = other.Id } }));
        (await creator.Api.SearchAsync(new { creatorQuery = new { id = "" } })).Expect(Failures.BadCreatorQuery);
    }

    [Fact]
    public async Task By_user_agent()
    {
        var browser = Unique("fp");
        var session = await InBrowserAsync(browser);
        await InBrowserAsync(Unique("fp"));

        Assert.Equal([session.Id], await Admin.FindAsync(OfBrowser(browser)));
        (await Admin.SearchAsync(new { userAgentQuery = new { fingerprintId = "" } })).Expect(Failures.BadUserAgentQuery);
    }

    [Fact]
    public async Task By_own_user_agent_needs_a_caller_who_has_one()
    {
        (await Admin.SearchAsync(new { userAgentQuery = new { } })).Expect(Failures.BadUserAgentQuery);
    }

    [Theory]
    [InlineData("TIMESTAMP_QUERY_METHOD_EQUALS", "b")]
    [InlineData("TIMESTAMP_QUERY_METHOD_GREATER", "c")]
    [InlineData("TIMESTAMP_QUERY_METHOD_GREATER_OR_EQUALS", "bc")]
    [InlineData("TIMESTAMP_QUERY_METHOD_LESS", "a")]
    [InlineData("TIMESTAMP_QUERY_METHOD_LESS_OR_EQUALS", "ab")]
    [InlineData(null, "b")]
    public async Task By_creation_date(string? method, string expected)
    {
        var browser = Unique("fp");
        var sessions = new Dictionary<char, OpenSession>();
        foreach (var name in "abc")
        {
            sessions[name] = await InBrowserAsync(browser);
        }

        var creationDate = (await Admin.ReadAsync(sessions['b'])).Expect(200).Text("session.creationDate");

        Assert.Equal(
            Sorted([.. expected.Select(name => sessions[name])]),
            (await Admin.FindAsync(OfBrowser(browser), new { creationDateQuery = new { creationDate, method } })).Order()
        );
    }

    [Fact]
    public async Task An_absent_creation_date_is_the_epoch()
    {
        var browser = Unique("fp");
        var session = await InBrowserAsync(browser);

        Assert.Empty(await Admin.FindAsync(OfBrowser(browser), new { creationDateQuery = new { } }));
        Assert.Equal(
            [session.Id],
            await Admin.FindAsync(OfBrowser(browser), new { creationDateQuery = new { method = "TIMESTAMP_QUERY_METHOD_GREATER" } })
        );
    }

    [Theory]
    [InlineData("TIMESTAMP_QUERY_METHOD_EQUALS", "b")]
    [InlineData("TIMESTAMP_QUERY_METHOD_GREATER", "cn")]
    [InlineData("TIMESTAMP_QUERY_METHOD_GREATER_OR_EQUALS", "bcn")]
    [InlineData("TIMESTAMP_QUERY_METHOD_LESS", "a")]
    [InlineData("TIMESTAMP_QUERY_METHOD_LESS_OR_EQUALS", "ab")]
    public async Task By_expiration_date_where_never_is_later_than_any_date(string method, string expected)
    {
        var browser = Unique("fp");
        var userAgent = new { fingerprintId = browser };
        var sessions = new Dictionary<char, OpenSession>
        {
            ['a'] = await Admin.OpenAsync(new { userAgent, lifetime = "100s" }),
            ['b'] = await Admin.OpenAsync(new { userAgent, lifetime = "200s" }),
            ['c'] = await Admin.OpenAsync(new { userAgent, lifetime = "300s" }),
            ['n'] = await Admin.OpenAsync(new { userAgent }),
        };
        var expirationDate = (await Admin.ReadAsync(sessions['b'])).Expect(200).Text("session.expirationDate");

        Assert.Equal(
            Sorted([.. expected.Select(name => sessions[name])]),
            (await Admin.FindAsync(OfBrowser(browser), new { expirationDateQuery = new { expirationDate, method } })).Order()
        );
    }

    [Fact]
    public async Task Active_sessions_are_those_that_expire_after_now()
    {
        var human = await Admin.NewHumanAsync();
        var live = await Admin.OpenAsync(new { checks = human.OnlyUser, lifetime = "60s" });
        var expired = await Admin.OpenAsync(new { checks = human.OnlyUser, lifetime = "0.2s" });
        await Eventually.StatusAsync(400, () => Admin.SetAsync(expired, new { }), TimeSpan.FromSeconds(5));

        var found = await Admin.FindAsync(
            OfUser(human.Id),
            new
            {
                expirationDateQuery = new
                {
                    expirationDate = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
                    method = "TIMESTAMP_QUERY_METHOD_GREATER",
                },
            }
        );

        Assert.Equal([live.Id], found);
    }

    [Fact]
    public async Task All_queries_must_match()
    {
        var human = await Admin.NewHumanAsync();
        var browser = Unique("fp");
        var both = await Admin.OpenAsync(new { checks = human.OnlyUser, userAgent = new { fingerprintId = browser } });
        await Admin.OpenAsync(human);
        var onlyBrowser = await InBrowserAsync(browser);

        Assert.Equal([both.Id], await Admin.FindAsync(OfUser(human.Id), OfBrowser(browser)));
        Assert.Equal([both.Id], await Admin.FindAsync(OfBrowser(browser), OfUser(human.Id)));
        Assert.Empty(await Admin.FindAsync(OfUser(human.Id), new { idsQuery = new { ids = new[] { onlyBrowser.Id } } }));
        Assert.Equal(
            [both.Id],
            await Admin.FindAsync(
                new { idsQuery = new { ids = new[] { both.Id, onlyBrowser.Id } } },
                new { idsQuery = new { ids = new[] { both.Id } } }
            )
        );
    }

    [Fact]
    public async Task A_query_must_be_one()
    {
        (await Admin.SearchAsync(new { })).Expect(
            Failure.InvalidInside("ListSessionsRequest.Queries[0]", "SearchQuery.Query: value is required")
        );
    }

    [Theory]
    [InlineData("creationDateQuery", "CreationDate")]
    [InlineData("expirationDateQuery", "ExpirationDate")]
    public async Task A_method_must_be_one(string query, string name)
    {
        (await Admin.PostAsync("/v2/sessions/search", new Raw($$$"""{"queries":[{"{{{query}}}":{"method":99}}]}"""))).Expect(
            Failure.InvalidInside(
                "ListSessionsRequest.Queries[0]",
                $"SearchQuery.{name}Query",
                $"{name}Query.Method: value must be one of the defined enum values [TIMESTAMP_QUERY_METHOD_EQUALS "
                    + "TIMESTAMP_QUERY_METHOD_GREATER TIMESTAMP_QUERY_METHOD_GREATER_OR_EQUALS TIMESTAMP_QUERY_METHOD_LESS "
                    + "TIMESTAMP_QUERY_METHOD_LESS_OR_EQUALS]"
            )
        );
    }

    private static IEnumerable<string> Sorted(params OpenSession[] sessions) => sessions.Select(session => session.Id).Order();

    private Task<OpenSession> InBrowserAsync(string fingerprintId) => Admin.OpenAsync(new { userAgent = new { fingerprintId } });
}

public sealed class SearchQueryTestsOnSqlite(SqliteHost host) : SearchQueryTests(host);

public sealed class SearchQueryTestsOnPostgreSql(PostgreSqlHost host) : SearchQueryTests(host);
