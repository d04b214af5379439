namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>A user with more sessions than a page, or the service's memory, can hold.</summary>
public abstract class ManySessionsTests(SharedHost host) : ContractTests(host)
{
    private const int Count = 1050;

    [Fact]
    public async Task All_are_counted_paged_and_ended_with_the_user()
    {
        var human = await Admin.NewHumanAsync();
        var sessions = new List<OpenSession>();
        foreach (var batch in Enumerable.Range(0, Count).Chunk(50))
        {
            sessions.AddRange(await Task.WhenAll(batch.Select(_ => Admin.OpenAsync(new { checks = human.OnlyUser }))));
        }

        Assert.Equal(sessions.Select(session => session.Id).Order(), (await AllAsync(human)).Order());
        (await Admin.EndAsync(sessions[0])).Expect(200);
        Assert.Equal(Count - 1, (await AllAsync(human)).Count);
        var added = await Admin.OpenAsync(new { checks = human.OnlyUser });
        Assert.Equal(added.Id, (await Admin.SearchAsync(OfUser(human.Id))).Expect(200).Text("sessions.0.id"));

        (await Admin.PostAsync($"/v2/users/{human.Id}/lock")).Expect(200);

        Assert.Empty(await AllAsync(human));
        foreach (var session in sessions.Where((_, i) => i % 50 == 0).Append(added))
        {
            (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        }
    }

    private async Task<List<string>> AllAsync(Human human)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = (
                await Admin.PostAsync(
                    "/v2/sessions/search",
                    new { query = new { offset = ids.Count, limit = 400 }, queries = new[] { OfUser(human.Id) } }
                )
            ).Expect(200);
            ids.AddRange(page.Texts("sessions", "id"));
            if (page.Items("sessions").Count < 400)
            {
                Assert.Equal(ids.Count, page.Has("details.totalResult") ? page.Number("details.totalResult") : 0);
                return ids;
            }
        }
    }
}

public sealed class ManySessionsTestsOnSqlite(SqliteHost host) : ManySessionsTests(host);

public sealed class ManySessionsTestsOnPostgreSql(PostgreSqlHost host) : ManySessionsTests(host);
