using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

[Collection(nameof(StoredCluster))]
public sealed class RepeatedRequestTests(StoredCluster cluster)
{
    [Fact]
    public async Task A_create_with_the_same_key_gets_the_same_answer()
    {
        var id = NewName("session");
        var command = new CreateSession { Caller = Caller.InCluster, Idempotency = new Idempotency("key", [1, 2, 3]) };
        var first = await cluster.Session(id).CreateAsync(command);
        await cluster.ForgetAsync();
        Assert.Equal(first, await cluster.Session(id).CreateAsync(command));
        Assert.NotNull(await cluster.GetAsync(id, first.Token));
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused()
    {
        var id = NewName("session");
        await cluster.Session(id).CreateAsync(new CreateSession { Caller = Caller.InCluster, Idempotency = new Idempotency("key", [1]) });
        await FailsAsync(SessionErrors.IdempotencyKeyReused, () =>
            cluster.Session(id).CreateAsync(new CreateSession { Caller = Caller.InCluster, Idempotency = new Idempotency("key", [2]) })
        );
        await FailsAsync(SessionErrors.IdempotencyKeyReused, () =>
            cluster.SetAsync(id, set => set with { Idempotency = new Idempotency("key", [3]), Lifetime = TimeSpan.FromHours(1) })
        );
    }

    [Fact]
    public async Task An_update_with_the_same_key_happens_once()
    {
        var user = await cluster.NewUserAsync();
        var (id, _) = await cluster.NewSessionAsync(create => create with { Checks = SessionChangeTests.User(user) });
        var command = new SetSession
        {
            Caller = Caller.InCluster,
            Checks = new Checks { Totp = cluster.Totp() },
            Idempotency = new Idempotency("key", [1]),
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.Session(id).SetAsync(command)));
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(5, (await cluster.GetAsync(id, answers[0].Token)).Sequence);
    }

    [Fact]
    public async Task A_call_that_is_repeated_because_its_answer_was_lost_happens_once()
    {
        var id = NewName("session");
        var create = new CreateSession { Caller = Caller.InCluster, Token = SessionToken.Create(id) };
        var created = await cluster.Session(id).CreateAsync(create);
        await cluster.ForgetAsync();
        Assert.Equal(created, await cluster.Session(id).CreateAsync(create));

        var set = new SetSession
        {
            Caller = Caller.InCluster,
            Lifetime = TimeSpan.FromHours(1),
            Token = SessionToken.Create(id),
        };
        var changed = await cluster.Session(id).SetAsync(set);
        Assert.Equal(changed, await cluster.Session(id).SetAsync(set));
        Assert.Equal(4, (await cluster.GetAsync(id)).Sequence);
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_happens_once_though_others_came_between()
    {
        var id = NewName("session");
        var create = new CreateSession { Caller = Caller.InCluster, Token = SessionToken.Create(id) };
        var created = await cluster.Session(id).CreateAsync(create);
        var lost = new SetSession
        {
            Caller = Caller.InCluster,
            Lifetime = TimeSpan.FromHours(1),
            Token = SessionToken.Create(id),
        };
        var changed = await cluster.Session(id).SetAsync(lost);
        var later = await cluster.SetAsync(id, set => set with { Token = SessionToken.Create(id), Lifetime = TimeSpan.FromHours(2) });
        await cluster.ForgetAsync();

        Assert.Equal(changed, await cluster.Session(id).SetAsync(lost));
        Assert.Equal(created, await cluster.Session(id).CreateAsync(create));

        var session = await cluster.GetAsync(id, later.Token);
        Assert.Equal(later.Details.Sequence, session.Sequence);
        Assert.True(session.ExpirationDate > session.ChangeDate + TimeSpan.FromMinutes(90));
    }

    [Fact]
    public void What_is_kept_of_earlier_calls_is_bounded_and_goes_with_time()
    {
        var now = cluster.Clock.GetUtcNow();
        var session = new SessionRecord { Id = "session" };
        for (var number = 0; number < 20; number++)
        {
            session = RepeatedRequest.BeforeChange(session, now) with { ChangedAt = now, Sequence = number };
        }

        Assert.Equal(8, session.Earlier?.Length);
        Assert.Null(RepeatedRequest.BeforeChange(session, now.AddMinutes(6)).Earlier);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repeated_create_is_answered_though_its_code_is_used_up(bool byRecoveryCode)
    {
        var user = await cluster.NewUserAsync();
        var code = byRecoveryCode ? (await cluster.User(user).GenerateRecoveryCodesAsync(Caller.InCluster, 1)).Codes[0] : cluster.Totp();
        var id = NewName("session");
        var command = new CreateSession
        {
            Caller = Caller.InCluster,
            Token = SessionToken.Create(id),
            Checks = SessionChangeTests.User(user) with
            {
                RecoveryCode = byRecoveryCode ? code : null,
                Totp = byRecoveryCode ? null : code,
            },
        };
        var first = await cluster.Session(id).CreateAsync(command);
        await cluster.ForgetAsync();
        Assert.Equal(first, await cluster.Session(id).CreateAsync(command));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_session_never_replaces_another_one(bool isInMemory)
    {
        var (id, token) = await cluster.NewSessionAsync();
        if (!isInMemory)
        {
            await cluster.ForgetAsync();
        }

        await FailsAsync(SessionErrors.ClusterAway, () =>
            cluster.Session(id).CreateAsync(new CreateSession { Caller = Caller.InCluster, Token = SessionToken.Create(id) })
        );
        Assert.NotNull(await cluster.GetAsync(id, token));
    }
}
