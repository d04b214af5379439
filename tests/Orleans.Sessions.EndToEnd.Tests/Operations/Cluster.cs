namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Two processes on one PostgreSQL are one service.</summary>
public sealed class Cluster : OwnHosts
{
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_one_node_does_the_other_knows()
    {
        var (a, b) = await StartTwoAsync();
        var human = await a.NewHumanAsync(withTotp: true);

        // A clients does not care which node answers: each call goes to the other one.
        var session = await a.OpenAsync(new { checks = human.OnlyUser, metadata = Metadata(("a", "1")) });
        Assert.Equal(human.Id, (await b.ReadAsync(session, session.Token)).Expect(200).Text("session.factors.user.id"));
        session = session.After(await b.SetAsync(session, new { checks = human.OnlyPassword, metadata = Metadata(("b", "2")) }));
        session = session.After(await a.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } }));
        Assert.Equal(2, MetadataOf((await b.ReadAsync(session, session.Token)).Expect(200)).Count);
        Assert.Equal([session.Id], await b.FindAsync(OfUser(human.Id)));
        (await b.As(session.Token).ReadAsync(session)).Expect(200);
        (await b.EndAsync(session)).Expect(200);
        (await a.ReadAsync(session)).Expect(Failures.NoSession);
        Assert.Empty(await a.FindAsync(OfUser(human.Id)));
    }

    [Fact]
    public async Task Both_nodes_are_one_installation_with_one_token()
    {
        var connectionString = await Databases.CreateAsync();
        var (first, second) = (Launch(Node(connectionString)), Launch(Node(connectionString)));
        await Task.WhenAll(first.WaitReadyAsync(), second.WaitReadyAsync());

        var installed = Assert.Single(new[] { first, second }, host => File.Exists(host.AdminTokenFile));
        Assert.Equal(1, new[] { first, second }.Count(host => host.Output.Contains("pat_", StringComparison.Ordinal)));
        var admin = Admin(installed);
        Assert.Equal(
            (await admin.At(first).CreateSessionAsync(new { })).Expect(201).Text("details.resourceOwner"),
            (await admin.At(second).CreateSessionAsync(new { })).Expect(201).Text("details.resourceOwner"));
    }

    [Fact]
    public async Task Races_over_both_nodes_lose_nothing()
    {
        var (a, b) = await StartTwoAsync();
        var session = await a.OpenAsync();
        var name = Unique("race");
        var human = await a.NewHumanAsync(withTotp: true);
        var code = new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Now(human.TotpSecret) } } };

        var updates = Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? a : b).SetAsync(session, new { metadata = Metadata(($"k{i}", "1")) })).ToList();
        var names = Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? a : b).PostAsync("/v2/users/human", HumanBody(name))).ToList();
        var codes = Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? a : b).CreateSessionAsync(code)).ToList();

        Assert.All(await Task.WhenAll(updates), reply => reply.Expect(200));
        Assert.Equal(60, MetadataOf((await b.ReadAsync(session)).Expect(200)).Count);
        Assert.Single(await Task.WhenAll(names), reply => reply.Status == 200);
        Assert.Single(await Task.WhenAll(codes), reply => reply.Status == 201);
    }

    [Fact]
    public async Task When_a_node_is_killed_the_other_serves_every_acknowledged_session()
    {
        var (a, b) = await StartTwoAsync();
        var human = await a.NewHumanAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 60).Select(
            i => (i % 2 == 0 ? a : b).OpenAsync(new { checks = human.OnlyUser, metadata = Metadata(("i", $"{i}")) })));

        await a.Host.KillAsync();

        foreach (var session in sessions)
        {
            (await ServedAsync(() => b.ReadAsync(session, session.Token))).Expect(200);
        }

        var found = (await ServedAsync(() => b.PostAsync("/v2/sessions/search", new { query = new { limit = 1000 }, queries = new[] { OfUser(human.Id) } })))
            .Expect(200);
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
        }
        while (!leaving.IsCompleted);

        await leaving;
        Assert.Equal(0, a.Host.ExitCode);
        (await b.SetAsync(sessions[0], new { metadata = Metadata(("a", "1")) })).Expect(200);
    }

    [Fact]
    public async Task What_is_revoked_at_one_node_is_refused_at_the_other_within_a_second()
    {
        var (a, b) = await StartTwoAsync();
        var machine = await a.NewMachineAsync("IAM_LOGIN_CLIENT");
        var atB = machine.Api.At(b.Host);
        await atB.OpenAsync();
        var human = await a.NewHumanAsync();
        var session = await a.OpenAsync(human);
        (await b.As(session.Token).ReadAsync(session)).Expect(200);

        (await a.DeleteAsync($"/v2/users/{machine.Id}/pats/{machine.TokenId}")).Expect(200);
        (await a.PostAsync($"/v2/users/{human.Id}/lock")).Expect(200);

        await Eventually.StatusAsync(401, () => atB.CreateSessionAsync(new { }), TimeSpan.FromSeconds(1));
        await Eventually.StatusAsync(401, () => b.As(session.Token).ReadAsync(session), TimeSpan.FromSeconds(1));
    }

    private static Dictionary<string, string> Node(string connectionString) => HostSettings.Shared.OnPostgreSql(connectionString);

    /// <summary>While the cluster notices that a node is gone, requests may be refused with 503.</summary>
    private static Task<Reply> ServedAsync(Func<Task<Reply>> ask) =>
        Eventually.GetAsync(ask, reply => reply.Status != 503, s_recovery, "an answer");

    private async Task<(Api A, Api B)> StartTwoAsync()
    {
        var connectionString = await Databases.CreateAsync();
        var first = await StartAsync(Node(connectionString));
        var second = await StartAsync(Node(connectionString));
        return (Admin(first), Admin(first).At(second));
    }
}
