namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Order, pages and totals of ListSessions: contract §7.3 to §7.5, with permissions inside the search.</summary>
public abstract class SearchPageTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Newest_come_first_unless_asked_otherwise()
    {
        var (browser, ids) = await ManyAsync(5);

        Assert.Equal(ids.Reverse(), await IdsAsync(browser, new { }));
        Assert.Equal(ids.Reverse(), await IdsAsync(browser, new { asc = false }, "SESSION_FIELD_NAME_CREATION_DATE"));
        Assert.Equal(ids, await IdsAsync(browser, new { asc = true }, "SESSION_FIELD_NAME_CREATION_DATE"));
    }

    [Fact]
    public async Task The_order_holds_for_the_sessions_of_a_user_too()
    {
        var human = await Admin.NewHumanAsync();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await Admin.OpenAsync(new { checks = human.OnlyUser })).Id);
        }

        var ascending = (
            await Admin.PostAsync(
                "/v2/sessions/search",
                new
                {
                    query = new
                    {
                        asc = true,
                        limit = 2,
                        offset = 1,
                    },
                    sortingColumn = "SESSION_FIELD_NAME_CREATION_DATE",
                    queries = new[] { OfUser(human.Id) },
                }
            )
        ).Expect(200);

        Assert.Equal(ids[1..3], ascending.Texts("sessions", "id"));
        Assert.Equal(4, ascending.Number("details.totalResult"));
    }

    [Fact]
    public async Task Pages_show_each_session_once_whatever_was_created_at_the_same_time()
    {
        var browser = Unique("fp");
        var created = await Task.WhenAll(
            Enumerable.Range(0, 25).Select(_ => Admin.OpenAsync(new { userAgent = new { fingerprintId = browser } }))
        );

        var seen = new List<string>();
        for (var offset = 0; offset < 25; offset += 4)
        {
            var page = await PageAsync(browser, new { offset, limit = 4 });
            Assert.Equal(25, page.Number("details.totalResult"));
            Assert.Equal(Math.Min(4, 25 - offset), page.Items("sessions").Count);
            seen.AddRange(page.Texts("sessions", "id"));
        }

        Assert.Equal(created.Select(session => session.Id).Order(), seen.Order());
        Assert.Equal(seen, await IdsAsync(browser, new { }));
    }

    [Fact]
    public async Task A_search_by_ids_is_sorted_paged_and_counted_too()
    {
        var (_, ids) = await ManyAsync(5);

        var page = (
            await Admin.PostAsync(
                "/v2/sessions/search",
                new
                {
                    query = new
                    {
                        asc = true,
                        offset = 1,
                        limit = 2,
                    },
                    sortingColumn = "SESSION_FIELD_NAME_CREATION_DATE",
                    queries = new[] { new { idsQuery = new { ids = ids.Reverse().Append("unknown").Append(ids[0]) } } },
                }
            )
        ).Expect(200);

        Assert.Equal(ids[1..3], page.Texts("sessions", "id"));
        Assert.Equal(5, page.Number("details.totalResult"));
    }

    [Fact]
    public async Task A_page_has_one_hundred_sessions_unless_asked_otherwise()
    {
        var browser = Unique("fp");
        await Task.WhenAll(Enumerable.Range(0, 101).Select(_ => Admin.OpenAsync(new { userAgent = new { fingerprintId = browser } })));

        foreach (var query in new object?[] { null, new { }, new { limit = 0 } })
        {
            var page = await PageAsync(browser, query);
            Assert.Equal(100, page.Items("sessions").Count);
            Assert.Equal(101, page.Number("details.totalResult"));
        }

        Assert.Equal(101, (await PageAsync(browser, new { limit = 1000 })).Items("sessions").Count);
    }

    [Fact]
    public async Task A_page_has_at_most_a_thousand()
    {
        (await Admin.PostAsync("/v2/sessions/search", new { query = new { limit = 1001 } })).Expect(Failures.LimitExceeded);
        (await Admin.PostAsync("/v2/sessions/search", new { query = new { limit = uint.MaxValue } })).Expect(Failures.LimitExceeded);
    }

    [Fact]
    public async Task Past_the_end_the_total_stays_right()
    {
        var (browser, _) = await ManyAsync(2);

        var page = await PageAsync(browser, new { offset = "1000000" });

        Assert.Empty(page.Items("sessions"));
        Assert.Equal(2, page.Number("details.totalResult"));
        Assert.Empty(
            (await PageAsync(browser, new { offset = ulong.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture) })).Items(
                "sessions"
            )
        );
    }

    [Fact]
    public async Task The_total_and_the_pages_count_only_what_the_caller_may_see()
    {
        var (organizationId, browser) = (Unique("org"), Unique("fp"));
        var caller = (await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: organizationId)).Api;
        var (member, stranger) = (
            await Admin.NewHumanAsync(organizationId: organizationId),
            await Admin.NewHumanAsync(organizationId: Unique("org"))
        );
        var userAgent = new { fingerprintId = browser };
        var visible = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            visible.Add((await Admin.OpenAsync(new { checks = member.OnlyUser, userAgent })).Id);
            await Admin.OpenAsync(new { checks = stranger.OnlyUser, userAgent });
            await Admin.OpenAsync(new { userAgent });
        }

        var page = (
            await caller.PostAsync("/v2/sessions/search", new { query = new { limit = 2 }, queries = new[] { OfBrowser(browser) } })
        ).Expect(200);
        Assert.Equal(3, page.Number("details.totalResult"));
        Assert.Equal([visible[2], visible[1]], page.Texts("sessions", "id"));
        Assert.Equal(3, (await caller.SearchAsync(OfUser(member.Id))).Expect(200).Number("details.totalResult"));
        Assert.False((await caller.SearchAsync(OfUser(stranger.Id))).Expect(200).Has("details.totalResult"));
    }

    [Fact]
    public async Task A_search_shows_what_was_acknowledged_before_it()
    {
        var human = await Admin.NewHumanAsync();
        var browser = Unique("fp");
        for (var i = 0; i < 10; i++)
        {
            var session = await Admin.OpenAsync(new { checks = human.OnlyUser, userAgent = new { fingerprintId = browser } });
            foreach (var query in new[] { OfUser(human.Id), OfBrowser(browser), new { idsQuery = new { ids = new[] { session.Id } } } })
            {
                Assert.Contains(session.Id, await Admin.FindAsync(query));
            }

            (await Admin.SetAsync(session, new { metadata = Metadata(("round", $"{i}")) })).Expect(200);
            foreach (var query in new[] { OfUser(human.Id), OfBrowser(browser) })
            {
                var found = (await Admin.SearchAsync(query, new { idsQuery = new { ids = new[] { session.Id } } })).Expect(200);
                Assert.Equal(5, found.Number("sessions.0.sequence"));
            }

            (await Admin.EndAsync(session)).Expect(200);
            Assert.Empty(await Admin.FindAsync(OfUser(human.Id)));
            Assert.Empty(await Admin.FindAsync(OfBrowser(browser)));
        }
    }

    [Fact]
    public async Task A_listed_session_looks_like_a_read_one()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(
            new
            {
                checks = human.WithPassword,
                metadata = Metadata(("a", "1")),
                userAgent = new { fingerprintId = Unique("fp"), ip = "203.0.113.7" },
                lifetime = "3600s",
            }
        );

        var read = (await Admin.ReadAsync(session)).Expect(200)["session"]!;
        var byUser = (await Admin.SearchAsync(OfUser(human.Id))).Expect(200)["sessions.0"]!;
        var byId = (await Admin.SearchAsync(new { idsQuery = new { ids = new[] { session.Id } } })).Expect(200)["sessions.0"]!;

        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(read, byUser), byUser.ToJsonString());
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(read, byId), byId.ToJsonString());
    }

    private async Task<(string Browser, string[] Ids)> ManyAsync(int count)
    {
        var browser = Unique("fp");
        var ids = new string[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = (await Admin.OpenAsync(new { userAgent = new { fingerprintId = browser } })).Id;
        }

        return (browser, ids);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string browser, object? query, string? sortingColumn = null) =>
        (await PageAsync(browser, query, sortingColumn)).Texts("sessions", "id");

    private async Task<Reply> PageAsync(string browser, object? query, string? sortingColumn = null) =>
        (
            await Admin.PostAsync(
                "/v2/sessions/search",
                new
                {
                    query,
                    sortingColumn,
                    queries = new[] { OfBrowser(browser) },
                }
            )
        ).Expect(200);
}

public sealed class SearchPageTestsOnSqlite(SqliteHost host) : SearchPageTests(host);

public sealed class SearchPageTestsOnPostgreSql(PostgreSqlHost host) : SearchPageTests(host);
