using Orleans.Runtime;
using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

[Collection(nameof(StoredCluster))]
public sealed class SessionExpiryTests(StoredCluster cluster)
{
    [Fact]
    public async Task An_expired_session_can_be_read_and_deleted_but_not_changed()
    {
        var (id, token) = await cluster.NewSessionAsync(create => create with { Lifetime = TimeSpan.FromMinutes(1) });
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(cluster.Clock.GetUtcNow(), (await cluster.GetAsync(id, token)).ExpirationDate);
        await FailsAsync(SessionErrors.SessionExpired, () => cluster.SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(1) }));
        Assert.NotNull(await cluster.Session(id).DeleteAsync(Caller.InCluster, token));
    }

    [Fact]
    public async Task A_terminated_session_is_gone_for_readers_and_deleting_it_again_answers_the_same()
    {
        var (id, token) = await cluster.NewSessionAsync();
        var first = await cluster.Session(id).DeleteAsync(Caller.InCluster, null);
        await cluster.ForgetAsync();
        Assert.Equal(first, await cluster.Session(id).DeleteAsync(Caller.InCluster, token));
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.GetAsync(id, token));
        await FailsAsync(SessionErrors.SessionTerminated, () => cluster.SetAsync(id));
    }

    [Fact]
    public async Task A_session_that_never_was_is_unknown_to_everybody()
    {
        var id = NewName("session");
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.GetAsync(id));
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.SetAsync(id));
        Assert.Null(await cluster.Session(id).DeleteAsync(Caller.InCluster, null));
        await FailsAsync(SessionErrors.SessionTokenInvalid, () =>
            cluster.Session(id).DeleteAsync(Caller.InCluster, SessionToken.Create(id))
        );
    }

    [Fact]
    public async Task The_expiry_of_a_session_in_memory_is_published_on_time()
    {
        var (id, _) = await cluster.NewSessionAsync(create => create with { Lifetime = TimeSpan.FromMinutes(1) });
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull((await PublishedAsync(id)).ExpiryPublishedAt);
    }

    [Fact]
    public async Task A_session_whose_expiry_is_published_leaves_memory()
    {
        var (id, _) = await cluster.NewSessionAsync(create => create with { Lifetime = TimeSpan.FromMinutes(1) });
        var session = cluster.Session(id).GetGrainId();
        Assert.True(await IsInMemoryAsync());

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var deadline = DateTime.UtcNow.AddSeconds(20); await IsInMemoryAsync(); await Task.Yield())
        {
            Assert.True(DateTime.UtcNow < deadline, "It is still in memory.");
        }

        Assert.NotNull((await cluster.StoredAsync(id))!.ExpiryPublishedAt);

        async Task<bool> IsInMemoryAsync() =>
            (await cluster.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics()).Any(one => one.GrainId == session);
    }

    [Fact]
    public async Task The_expiry_of_a_long_session_that_is_in_use_is_published_on_time()
    {
        var (id, token) = await cluster.NewSessionAsync(create => create with { Lifetime = TimeSpan.FromDays(1) });
        cluster.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
        await cluster.GetAsync(id, token);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull((await PublishedAsync(id)).ExpiryPublishedAt);
    }

    [Fact]
    public async Task The_expiry_of_a_session_out_of_memory_is_published_by_the_sweeper()
    {
        var (id, _) = await cluster.NewSessionAsync(create => create with { Lifetime = TimeSpan.FromMinutes(1) });
        await cluster.ForgetAsync();
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await cluster.SweepAsync();
        var stored = (await cluster.StoredAsync(id))!;
        Assert.NotNull(stored.ExpiryPublishedAt);
        Assert.Equal(3, stored.Sequence);
    }

    [Fact]
    public async Task Ended_sessions_are_purged_after_the_retention()
    {
        var (expired, _) = await cluster.NewSessionAsync(create => create with { Lifetime = TimeSpan.FromMinutes(1) });
        var (ended, _) = await cluster.NewSessionAsync();
        var (live, token) = await cluster.NewSessionAsync();
        await cluster.Session(ended).DeleteAsync(Caller.InCluster, null);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await cluster.SweepAsync();
        cluster.Clock.Advance(new SessionOptions().Retention);
        await cluster.SweepAsync();
        await cluster.ForgetAsync();
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.GetAsync(expired));
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.SetAsync(ended));
        Assert.NotNull(await cluster.GetAsync(live, token));
    }

    [Fact]
    [Asvs("7.3.1")]
    public async Task A_session_that_is_used_outlives_its_idle_timeout_and_one_that_is_not_expires()
    {
        var (used, token) = await cluster.NewSessionAsync(create => create with { IdleTimeout = TimeSpan.FromMinutes(10) });
        var (unused, _) = await cluster.NewSessionAsync(create => create with { IdleTimeout = TimeSpan.FromMinutes(10) });
        for (var minute = 0; minute < 12; minute += 6)
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(6));
            await UseAsync(used, token);
        }

        Assert.Equal(cluster.Clock.GetUtcNow().AddMinutes(10), (await cluster.GetAsync(used)).ExpirationDate);
        await cluster.SetAsync(used, set => set with { Lifetime = TimeSpan.FromHours(1) });
        await FailsAsync(SessionErrors.SessionExpired, () => cluster.SetAsync(unused));
    }

    [Fact]
    public async Task A_login_at_an_application_is_a_use()
    {
        var (id, token) = await cluster.NewSessionAsync(create => create with { IdleTimeout = TimeSpan.FromMinutes(10) });
        cluster.Clock.Advance(TimeSpan.FromMinutes(6));
        await cluster.Grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(id)).LinkAsync(token);
        await NotedAsync(id);
        Assert.Equal(cluster.Clock.GetUtcNow().AddMinutes(10), (await cluster.GetAsync(id)).ExpirationDate);
    }

    [Fact]
    public async Task The_last_use_is_told_in_steps_of_an_hour_without_an_idle_timeout()
    {
        var (id, token) = await cluster.NewSessionAsync();
        var created = cluster.Clock.GetUtcNow();
        cluster.Clock.Advance(TimeSpan.FromMinutes(59));
        await cluster.GetAsync(id, token);
        Assert.Equal(created, (await cluster.GetAsync(id)).LastUsedAt);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await UseAsync(id, token);
        var read = await cluster.GetAsync(id);
        Assert.Equal((cluster.Clock.GetUtcNow(), created, null), (read.LastUsedAt, read.ChangeDate, read.ExpirationDate));
    }

    [Fact]
    [Asvs("7.3.2")]
    public async Task Use_does_not_prolong_the_lifetime()
    {
        var (id, token) = await cluster.NewSessionAsync(create =>
            create with
            {
                Lifetime = TimeSpan.FromMinutes(15),
                IdleTimeout = TimeSpan.FromMinutes(10),
            }
        );
        var end = cluster.Clock.GetUtcNow().AddMinutes(15);
        cluster.Clock.Advance(TimeSpan.FromMinutes(8));
        await UseAsync(id, token);
        Assert.Equal(end, (await cluster.GetAsync(id)).ExpirationDate);
        cluster.Clock.Advance(TimeSpan.FromMinutes(7));
        await FailsAsync(SessionErrors.SessionExpired, () => cluster.SetAsync(id));
    }

    [Fact]
    public async Task A_change_is_a_use_and_moves_neither_sequence_nor_change_date_when_a_read_does()
    {
        var (id, token) = await cluster.NewSessionAsync(create => create with { IdleTimeout = TimeSpan.FromMinutes(10) });
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        var change = await cluster.SetAsync(id, set => set with { Metadata = SessionChangeTests.Metadata(("a", "1")) });
        Assert.Equal(cluster.Clock.GetUtcNow().AddMinutes(10), (await cluster.GetAsync(id)).ExpirationDate);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await UseAsync(id, change.Token!);
        var read = await cluster.GetAsync(id);
        Assert.Equal((change.Details.Sequence, change.Details.ChangeDate), (read.Sequence, read.ChangeDate));
        await cluster.ForgetAsync();
        Assert.Equal(cluster.Clock.GetUtcNow().AddMinutes(10), (await cluster.GetAsync(id)).ExpirationDate);
    }

    /// <summary>Reads with the token, and returns when the use is recorded. A read itself does not wait for that.</summary>
    private async Task UseAsync(string id, string token)
    {
        await cluster.GetAsync(id, token);
        await NotedAsync(id);
    }

    private async Task NotedAsync(string id)
    {
        for (
            var deadline = DateTime.UtcNow.AddSeconds(20);
            (await cluster.StoredAsync(id))!.UsedAt != cluster.Clock.GetUtcNow();
            await Task.Yield()
        )
        {
            Assert.True(DateTime.UtcNow < deadline, "The use was not noted.");
        }
    }

    /// <summary>The timer fires on a thread of the silo, so the next call to the session comes after it, or nearly so.</summary>
    private async Task<SessionRecord> PublishedAsync(string id)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); ; await Task.Yield())
        {
            await cluster.GetAsync(id);
            if ((await cluster.StoredAsync(id))! is { ExpiryPublishedAt: not null } || DateTime.UtcNow > deadline)
            {
                return (await cluster.StoredAsync(id))!;
            }
        }
    }
}
