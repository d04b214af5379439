namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Nodes that join and leave.</summary>
public sealed class ClusterChangeTests : OwnHosts
{
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Both_nodes_are_one_installation_with_one_token()
    {
        var connectionString = await Databases.CreateAsync();
        var (first, second) = (Launch(Node(connectionString)), Launch(Node(connectionString)));
        await Task.WhenAll(first.WaitReadyAsync(), second.WaitReadyAsync());

        var installed = Assert.Single(new[] { first, second }, host => File.Exists(host.AdminTokenFile));
        Assert.Equal(1, new[] { first, second }.Count(host => host.Output.Contains("first start", StringComparison.Ordinal)));
        var admin = Admin(installed);
        Assert.Equal(
            (await admin.At(first).CreateSessionAsync(new { })).Expect(201).Text("details.resourceOwner"),
            (await admin.At(second).CreateSessionAsync(new { })).Expect(201).Text("details.resourceOwner")
        );
    }

    [Fact]
    public async Task When_a_node_is_killed_the_other_serves_every_acknowledged_session()
    {
        var (a, b) = await StartTwoAsync();
        var human = await a.NewHumanAsync();
        var sessions = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i => (i % 2 == 0 ? a : b).OpenAsync(new { checks = human.OnlyUser, metadata = Metadata(("i", $"{i}")) }))
        );

        await a.Host.KillAsync();

        foreach (var session in sessions)
        {
            (await ServedAsync(() => b.ReadAsync(session, session.Token))).Expect(200);
        }

        var found = (
            await ServedAsync(() =>
                b.PostAsync("/v2/sessions/search", new { query = new { limit = 1000 }, queries = new[] { OfUser(human.Id) } })
            )
        ).Expect(200);
        Assert.Equal(sessions.Select(session => session.Id).Order(), found.Texts("sessions", "id").Order());
        var updated = sessions[0].After(await ServedAsync(() => b.SetAsync(sessions[0], new { metadata = Metadata(("after", "1")) })));
        (await b.ReadAsync(updated, updated.Token)).Expect(200);
        await b.OpenAsync(human);
    }

    [Fact]
    public async Task A_node_that_leaves_politely_costs_no_request()
    {
        var (a, b) = await StartTwoAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => a.OpenAsync()));

        var leaving = a.Host.TerminateAsync();
        do
        {
            foreach (var session in sessions)
            {
                (await b.ReadAsync(session, session.Token)).Expect(200);
            }
        } while (!leaving.IsCompleted);

        await leaving;
        Assert.Equal(0, a.Host.ExitCode);
        (await b.SetAsync(sessions[0], new { metadata = Metadata(("a", "1")) })).Expect(200);
    }

    private static Dictionary<string, string> Node(string connectionString) => HostSettings.Shared.OnPostgreSql(connectionString);

    /// <summary>Until the cluster notices that a node is gone, requests may be refused with 503.</summary>
    private static Task<Reply> ServedAsync(Func<Task<Reply>> ask) =>
        Eventually.GetAsync(ask, reply => reply.Status != 503, s_recovery, "an answer");

    private async Task<(Api A, Api B)> StartTwoAsync()
    {
        var connectionString = await Databases.CreateAsync();
        var first = await StartAsync(Node(connectionString));
        var second = await JoinAsync(Node(connectionString));
        return (Admin(first), Admin(first).At(second));
    }
}
