namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Two processes on one PostgreSQL act as one service.</summary>
public sealed class ClusterTests(SharedClusters clusters)
{
    [Fact]
    public async Task What_one_node_does_the_other_knows()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var human = await a.NewHumanAsync(withTotp: true);

        // A client need not care which node answers: each call here goes to the other node.
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
    public async Task Races_over_both_nodes_lose_nothing()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var session = await a.OpenAsync();
        var name = Unique("race");
        var human = await a.NewHumanAsync(withTotp: true);
        var code = new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Now(human.TotpSecret) } } };

        var updates = Enumerable
            .Range(0, 60)
            .Select(i => (i % 2 == 0 ? a : b).SetAsync(session, new { metadata = Metadata(($"k{i}", "1")) }))
            .ToList();
        var names = Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? a : b).PostAsync("/v2/users/human", HumanBody(name))).ToList();
        var codes = Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? a : b).CreateSessionAsync(code)).ToList();

        Assert.All(await Task.WhenAll(updates), reply => reply.Expect(200));
        Assert.Equal(60, MetadataOf((await b.ReadAsync(session)).Expect(200)).Count);
        Assert.Single(await Task.WhenAll(names), reply => reply.Status == 200);
        Assert.Single(await Task.WhenAll(codes), reply => reply.Status == 201);
    }

    [Fact]
    public async Task What_is_revoked_at_one_node_is_refused_at_the_other_within_a_second()
    {
        var (a, b) = await clusters.TwoNodesAsync();
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

    [Fact]
    public async Task A_gateway_and_a_silo_are_one_service_in_two_processes()
    {
        var (silo, admin) = await clusters.SplitAsync();
        var human = await admin.NewHumanAsync();
        var session = await admin.OpenAsync(human);

        (await admin.ReadAsync(session, session.Token)).Expect(200);
        (await admin.SetAsync(session, new { checks = new { password = new { password = "wrong" } } })).Expect(Failures.WrongPassword);
        Assert.Equal([session.Id], await admin.FindAsync(OfUser(human.Id)));
        Assert.Equal(404, (await silo.GetAsync("/v2/sessions/1")).Status);
        Assert.False(File.Exists(admin.Host.AdminTokenFile));
    }
}
