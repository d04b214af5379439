using Npgsql;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>During a database outage requests are refused as unavailable. Afterwards the same process works again.</summary>
public sealed class DatabaseOutageTests : OwnHosts
{
    [Fact]
    [Asvs("16.5.2")]
    public async Task An_outage_is_503_loses_nothing_and_is_over_without_a_restart()
    {
        var server = EndWithTest(await PostgreSqlServer.StartAsync());
        var admin = Admin(await StartAsync(HostSettings.Shared.OnPostgreSql(await server.CreateDatabaseAsync())));
        var human = await admin.NewHumanAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.OpenAsync(human)));
        var ended = await admin.OpenAsync(human);

        await server.StopAsync();

        foreach (
            var refused in await Task.WhenAll(
                admin.CreateSessionAsync(new { }),
                admin.CreateSessionAsync(new { checks = human.WithPassword }),
                admin.SetAsync(sessions[0], new { metadata = Metadata(("lost", "1")) }),
                admin.EndAsync(ended),
                admin.PostAsync("/v2/users/human", HumanBody(Unique("human"))),
                admin.PostAsync($"/v2/users/{human.Id}/lock"),
                admin.SearchAsync(OfBrowser("any"))
            )
        )
        {
            refused.Expect(503);
            Assert.Equal(14, refused["code"]!.GetValue<int>());
            Assert.Matches("^[0-9]+$", refused.Header("retry-after") ?? "");
        }

        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", Unique("machine")),
            new("client_secret", "any"),
        ]);
        var token = (await admin.As(null).SendAsync(HttpMethod.Post, "/oauth/v2/token", form)).Expect(503);
        Assert.Equal(("temporarily_unavailable", "1"), (token.Text("error"), token.Header("retry-after")));

        await Eventually.StatusAsync(503, () => admin.GetAsync("/debug/ready"), TimeSpan.FromSeconds(15));
        (await admin.GetAsync("/debug/healthz")).Expect(200);

        // The log says what failed, and leaves the ids of sessions out.
        Assert.Contains("Storage failed for session/s-***", admin.Host.Output, StringComparison.Ordinal);
        Assert.All(sessions.Append(ended), session => Assert.DoesNotContain(session.Id, admin.Host.Output, StringComparison.Ordinal));

        await server.RestartAsync();

        await Eventually.StatusAsync(200, () => admin.GetAsync("/debug/ready"), TimeSpan.FromSeconds(30));
        await Eventually.StatusAsync(201, () => admin.CreateSessionAsync(new { }), TimeSpan.FromSeconds(30));
        foreach (var session in sessions)
        {
            var read = (await admin.ReadAsync(session, session.Token)).Expect(200);
            Assert.Equal(session.Sequence, read.Number("session.sequence"));
            Assert.False(read.Has("session.metadata"));
        }

        (await admin.ReadAsync(ended, ended.Token)).Expect(200);
        Assert.Equal("USER_STATE_ACTIVE", (await admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.state"));
        (await admin.SetAsync(sessions[0], new { metadata = Metadata(("kept", "1")) })).Expect(200);
        await admin.OpenAsync(human);
        Assert.Equal(12, (await admin.SearchAsync(OfUser(human.Id))).Expect(200).Number("details.totalResult"));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_503_after_a_while()
    {
        var server = EndWithTest(await PostgreSqlServer.StartAsync());
        var connectionString = await server.CreateDatabaseAsync();
        var admin = Admin(await StartAsync(HostSettings.Shared.OnPostgreSql(connectionString)));
        var human = await admin.NewHumanAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => admin.OpenAsync(human)));

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using (await HoldAsync(connectionString))
        {
            foreach (
                var refused in await Task.WhenAll(
                    admin.CreateSessionAsync(new { }),
                    admin.SetAsync(sessions[0], new { metadata = Metadata(("a", "1")) }),
                    admin.SetAsync(sessions[0], new { metadata = Metadata(("b", "1")) }),
                    admin.EndAsync(sessions[1]),
                    admin.SearchAsync(OfBrowser("any"))
                )
            )
            {
                refused.Expect(503);
                Assert.Matches("^[0-9]+$", refused.Header("retry-after") ?? "");
            }
        }

        // A change whose answer was lost may have happened. After that the service works again.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(40));
        await Eventually.StatusAsync(201, () => admin.CreateSessionAsync(new { }), TimeSpan.FromSeconds(30));
        var read = await Eventually.StatusAsync(200, () => admin.ReadAsync(sessions[0]), TimeSpan.FromSeconds(30));
        Assert.InRange(read.Number("session.sequence"), sessions[0].Sequence, sessions[0].Sequence + 4);
        var updated = sessions[0].After(await admin.SetAsync(sessions[0], new { metadata = Metadata(("c", "1")) }));
        (await admin.ReadAsync(updated, updated.Token)).Expect(200);
        foreach (var session in sessions[2..])
        {
            (await admin.ReadAsync(session, session.Token)).Expect(200);
        }

        await admin.OpenAsync(human);
    }

    [Fact]
    public async Task What_was_acknowledged_around_the_outage_is_there_afterwards()
    {
        var server = EndWithTest(await PostgreSqlServer.StartAsync());
        var admin = Admin(await StartAsync(HostSettings.Shared.OnPostgreSql(await server.CreateDatabaseAsync())));
        var session = await admin.OpenAsync();
        var acknowledged = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        using var enough = new CancellationTokenSource();
        var clients = Enumerable
            .Range(0, 4)
            .Select(async client =>
            {
                for (var i = 0; !enough.IsCancellationRequested; i++)
                {
                    var reply = await admin.SetAsync(session, new { metadata = Metadata(($"client{client}", $"{i}")) });
                    Assert.True(reply.Status is 200 or 503, reply.Explain("an answer or 503"));
                    if (reply.Status == 200)
                    {
                        acknowledged[$"client{client}"] = i;
                    }
                }
            })
            .ToList();
        await Eventually.GetAsync(
            () => admin.ReadAsync(session),
            read => read.Number("session.sequence") > 40,
            TimeSpan.FromSeconds(20),
            "some updates"
        );

        await server.StopAsync();
        await Eventually.StatusAsync(503, () => admin.GetAsync("/debug/ready"), TimeSpan.FromSeconds(15));
        await server.RestartAsync();
        await Eventually.StatusAsync(200, () => admin.GetAsync("/debug/ready"), TimeSpan.FromSeconds(30));
        await enough.CancelAsync();
        await Task.WhenAll(clients);

        // A write without an answer may have happened. An acknowledged write has happened, so the stored value is not older than that.
        var metadata = MetadataOf((await Eventually.StatusAsync(200, () => admin.ReadAsync(session), TimeSpan.FromSeconds(30))));
        Assert.All(acknowledged, entry => Assert.True(int.Parse(metadata[entry.Key], null) >= entry.Value));
    }

    /// <summary>Makes every statement of the service wait until the result is disposed.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            begin;
            do $$ declare t regclass; begin
              for t in select c.oid from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace loop
                execute format('lock table %s in access exclusive mode', t);
              end loop;
            end $$;
            """;
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
