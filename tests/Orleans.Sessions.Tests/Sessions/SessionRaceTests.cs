using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

[Collection(nameof(StoredCluster))]
public sealed class SessionRaceTests(StoredCluster cluster)
{
    [Fact]
    public async Task Two_hundred_parallel_updates_lose_nothing_and_leave_one_live_token()
    {
        var (id, first) = await cluster.NewSessionAsync();
        var numbers = Enumerable.Range(0, 100);
        var changes = await Task.WhenAll(
            numbers
                .Select(number => cluster.SetAsync(id, set => set with { Metadata = SessionChangeTests.Metadata(($"k{number}", "x")) }))
                .Concat(numbers.Select(number => cluster.SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(1 + number) })))
        );

        var view = await cluster.GetAsync(id);
        Assert.Equal(100, view.Metadata.Count);
        Assert.Equal(2 + (2 * 200), view.Sequence);
        var last = changes.MaxBy(change => change.Details.Sequence)!.Token!;
        string[] tokens = [first, .. changes.Select(change => change.Token!)];
        Assert.Equal(2, await CountLiveAsync(id, tokens));

        cluster.Clock.Advance(StoredCluster.Grace);
        Assert.Equal(1, await CountLiveAsync(id, tokens));
        Assert.Equal(id, (await cluster.GetAsync(id, last)).Id);
    }

    [Fact]
    public async Task Of_fifty_parallel_uses_of_one_authenticator_code_one_succeeds()
    {
        var user = await cluster.NewUserAsync();
        var code = cluster.Totp();
        var sessions = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => cluster.NewSessionAsync(create => create with { Checks = SessionChangeTests.User(user) }))
        );
        var errors = await Task.WhenAll(
            sessions.Select(session =>
                ErrorOfAsync(() => cluster.SetAsync(session.Id, set => set with { Checks = new Checks { Totp = code } }))
            )
        );
        Assert.Single(errors, error => error is null);
        Assert.All(errors.Where(error => error is not null), error =>
            Assert.Contains(
                error,
                new[]
                {
                    SessionErrors.TotpInvalid,
                    SessionErrors.TotpUserLocked,
                    SessionErrors.SessionTerminated,
                    SessionErrors.UserNotActive,
                }
            )
        );
    }

    [Fact]
    public async Task A_login_that_races_with_a_lock_never_outlives_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var user = await cluster.NewUserAsync();
            var ids = Enumerable.Range(0, 20).Select(_ => NewName("session")).ToList();
            var creates = ids.Select(id =>
                    ErrorOfAsync(() =>
                        cluster
                            .Session(id)
                            .CreateAsync(new CreateSession { Caller = Caller.InCluster, Checks = SessionChangeTests.User(user) })
                    )
                )
                .ToList();
            await cluster.User(user).LockAsync(Caller.InCluster);
            await Task.WhenAll(creates);
            foreach (var id in ids)
            {
                await FailsAsync(SessionErrors.SessionNotFound, () => cluster.GetAsync(id));
            }
        }
    }

    private async Task<int> CountLiveAsync(string id, IEnumerable<string> tokens)
    {
        var errors = await Task.WhenAll(tokens.Select(token => ErrorOfAsync(() => cluster.GetAsync(id, token))));
        Assert.All(errors.OfType<SessionError>(), error => Assert.Equal(SessionErrors.SessionTokenDenied, error));
        return errors.Count(error => error is null);
    }
}
