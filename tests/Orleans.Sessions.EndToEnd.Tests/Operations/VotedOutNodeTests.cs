using Npgsql;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>A node answers from memory only while it knows that it is a member of the cluster.</summary>
public sealed class VotedOutNodeTests : OwnHosts
{
    private const int VotedOut = 75;

    [Fact]
    public async Task A_node_that_was_voted_out_ends_at_once_and_the_others_serve_its_sessions()
    {
        var connectionString = await Databases.CreateAsync();
        var settings = HostSettings.Shared.OnPostgreSql(connectionString);
        var first = await StartAsync(settings);
        var second = await JoinAsync(HostSettings.Shared.OnPostgreSql(connectionString));
        var (a, b) = (Admin(first), Admin(first).At(second));
        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.OpenAsync()));

        await using (var database = NpgsqlDataSource.Create(connectionString))
        await using (
            var vote = database.CreateCommand(
                $"update membership set status = 6 where port = {settings[Setting.SiloPort]}; update membership_version set version = version + 1"
            )
        )
        {
            await vote.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await first.WaitForExitAsync(Eventually.Patience(TimeSpan.FromSeconds(5)));
        Assert.Equal(VotedOut, first.ExitCode);
        Assert.Contains("voted out", first.Output, StringComparison.Ordinal);
        foreach (var session in sessions)
        {
            await Eventually.StatusAsync(200, () => b.SetAsync(session, new { metadata = Metadata(("a", "1")) }), TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task Without_a_lease_a_node_refuses_and_when_the_database_is_back_it_goes_on()
    {
        var connectionString = await Databases.CreateAsync();
        var first = await StartAsync(HostSettings.Shared.OnPostgreSql(connectionString));
        var second = await JoinAsync(HostSettings.Shared.OnPostgreSql(connectionString));
        var (a, b) = (Admin(first), Admin(first).At(second));
        var session = await a.OpenAsync();
        (await a.ReadAsync(session, session.Token)).Expect(200);

        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = new NpgsqlCommand("begin; lock table membership in access exclusive mode", connection);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            foreach (var node in new[] { a, b })
            {
                var refused = await Eventually.GetAsync(
                    () => node.ReadAsync(session, session.Token),
                    reply => reply.Status != 200,
                    TimeSpan.FromSeconds(10),
                    "a refusal"
                );
                refused.Expect(503);
                Assert.Equal("1", refused.Header("retry-after"));
            }

            // This is longer than the other nodes wait for a node that has lost the database. Here all nodes have lost it.
            await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);
        }

        foreach (var node in new[] { a, b })
        {
            await Eventually.StatusAsync(200, () => node.ReadAsync(session, session.Token), TimeSpan.FromSeconds(5));
        }

        Assert.False(first.HasExited);
        Assert.False(second.HasExited);
    }
}
