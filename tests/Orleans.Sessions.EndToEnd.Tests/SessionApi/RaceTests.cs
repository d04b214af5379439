namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Many requests at once: contract §8.6. No change is lost, and no single-use value is used twice.</summary>
public abstract class RaceTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Two_hundred_updates_of_one_session_lose_nothing_and_leave_one_live_token()
    {
        var session = await Admin.OpenAsync();

        // A session has at most 100 keys, so each key is written twice. The sequence shows that none of the 200 writes is missing.
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => Admin.SetAsync(session, new { metadata = Metadata(($"k{i % 100}", $"{i}")) }))
        );

        Assert.All(replies, reply => reply.Expect(200));
        Assert.Equal(
            Enumerable.Range(1, 200).Select(i => session.Sequence + (2 * i)),
            replies.Select(reply => reply.Number("details.sequence")).Order()
        );
        var metadata = MetadataOf((await Admin.ReadAsync(session)).Expect(200));
        Assert.Equal(100, metadata.Count);
        Assert.All(metadata, entry => Assert.Contains(entry.Value, new[] { entry.Key[1..], $"{int.Parse(entry.Key[1..], null) + 100}" }));

        var tokens = replies.Select(reply => reply.Text("sessionToken")).Append(session.Token).ToList();
        var reads = await Task.WhenAll(tokens.Select(token => Admin.ReadAsync(session, token)));
        Assert.Equal(201, tokens.Distinct().Count());
        var live = Assert.Single(reads, read => read.Status == 200);
        var last = replies.MaxBy(reply => reply.Number("details.sequence"))!;
        Assert.Equal(last.Text("sessionToken"), tokens[Array.IndexOf(reads, live)]);
    }

    [Fact]
    public async Task Fifty_uses_of_one_code_succeed_once()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Admin.OpenAsync(new { checks = human.OnlyUser })));
        var code = new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } };

        var replies = await Task.WhenAll(sessions.Select(session => Admin.SetAsync(session, code)));

        Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.Expect(Failures.WrongTotp));
        var found = (await Admin.SearchAsync(OfUser(human.Id))).Expect(200);
        Assert.Single(found.Items("sessions"), session => session["factors"]!["totp"] is not null);
    }

    [Fact]
    public async Task An_update_that_races_a_delete_is_done_before_it_or_refused()
    {
        for (var round = 0; round < 10; round++)
        {
            var session = await Admin.OpenAsync();

            var updates = Enumerable.Range(0, 5).Select(i => Admin.SetAsync(session, new { metadata = Metadata(("a", $"{i}")) })).ToList();
            var delete = Admin.EndAsync(session);
            var replies = await Task.WhenAll(updates);

            var end = (await delete).Expect(200).Number("details.sequence");
            Assert.All(replies, reply =>
            {
                if (reply.Status != 200)
                {
                    reply.Expect(Failures.Terminated);
                }
                else
                {
                    Assert.True(reply.Number("details.sequence") < end);
                }
            });
            (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_a_whole_session_behind()
    {
        var session = await Admin.OpenAsync();
        using var client = new HttpClient { BaseAddress = Admin.Host.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Admin.Token);
        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async i =>
                {
                    using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(i / 2.0));
                    try
                    {
                        using var body = new StringContent($$$"""{"metadata":{"a":"AQ==","k{{{i}}}":"AQ=="},"lifetime":"3600s"}""");
                        using var response = await client.PatchAsync(new Uri(session.Path, UriKind.Relative), body, patience.Token);
                    }
                    catch (OperationCanceledException)
                    {
                        // The update is abandoned on purpose.
                    }
                })
        );

        session.After(await Admin.SetAsync(session, new { metadata = Metadata(("last", "1")) }));

        // Each update has three events, the last one two. Abandoned updates may still be in progress, but each read shows only complete
        // updates.
        var read = (await Admin.ReadAsync(session)).Expect(200);
        var metadata = MetadataOf(read);
        var events = read.Number("session.sequence") - session.Sequence - 2;
        Assert.Equal(0, events % 3);
        Assert.Equal(events / 3, metadata.Keys.Count(key => key[0] == 'k'));
        Assert.Equal(metadata.Count > 1, read.Has("session.expirationDate"));
    }

    [Fact]
    public async Task Reads_beside_updates_see_whole_states_only()
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("a", "0"), ("b", "0")) });
        var updates = Task.WhenAll(
            Enumerable.Range(1, 30).Select(i => Admin.SetAsync(session, new { metadata = Metadata(("a", $"{i}"), ("b", $"{i}")) }))
        );

        do
        {
            var metadata = MetadataOf((await Admin.ReadAsync(session)).Expect(200));
            Assert.Equal(metadata["a"], metadata["b"]);
        } while (!updates.IsCompleted);

        Assert.All(await updates, reply => reply.Expect(200));
    }

    [Fact]
    public async Task A_lock_that_races_logins_leaves_no_session_behind()
    {
        var human = await Admin.NewHumanAsync();
        var logins = Enumerable.Range(0, 20).Select(_ => Admin.CreateSessionAsync(new { checks = human.OnlyUser })).ToList();

        (await Admin.PostAsync($"/v2/users/{human.Id}/lock")).Expect(200);

        foreach (var login in await Task.WhenAll(logins))
        {
            if (login.Status == 201)
            {
                var session = new OpenSession(login.Text("sessionId"), login.Text("sessionToken"), 3);
                await Eventually.StatusAsync(404, () => Admin.ReadAsync(session), TimeSpan.FromSeconds(5));
            }
            else
            {
                login.Expect(400);
            }
        }

        await Eventually.GetAsync(
            () => Admin.SearchAsync(OfUser(human.Id)),
            found => found.Items("sessions").Count == 0,
            TimeSpan.FromSeconds(5),
            "no sessions"
        );
    }
}

public sealed class RaceTestsOnSqlite(SqliteHost host) : RaceTests(host);

public sealed class RaceTestsOnPostgreSql(PostgreSqlHost host) : RaceTests(host);
