namespace Orleans.Sessions.Storage.Tests;

/// <summary>A value that may be used once goes to the first user.</summary>
public abstract class UsedOnceTests(TestStore store)
{
    [Fact]
    public async Task Of_many_at_once_one_is_first_and_hears_so_again()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        var attempts = Enumerable.Range(0, 8).Select(attempt => $"attempt-{attempt}").ToArray();

        var answers = await Task.WhenAll(attempts.Select(attempt => service.UsedOnce.TryUseAsync("key", attempt, At(100), default)));

        var first = attempts[Array.IndexOf(answers, true)];
        Assert.Single(answers, true);
        Assert.True(await service.UsedOnce.TryUseAsync("key", first, At(200), default));
        Assert.False(await service.UsedOnce.TryUseAsync("key", "late", At(200), default));
        Assert.True(await service.UsedOnce.TryUseAsync("Key", "late", At(200), default));
        Assert.True(await other.UsedOnce.TryUseAsync("key", "late", At(200), default));
    }

    [Fact]
    public async Task It_is_remembered_until_it_has_expired()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await other.UsedOnce.TryUseAsync("early", "a", At(100), default);
        foreach (var (key, until) in new[] { ("early", 100), ("middle", 110), ("late", 120) })
        {
            await service.UsedOnce.TryUseAsync(key, "a", At(until), default);
        }

        Assert.Equal(0, await service.UsedOnce.PurgeAsync(At(100), 10, default));
        Assert.Equal(1, await service.UsedOnce.PurgeAsync(At(115), 1, default));
        Assert.Equal(1, await service.UsedOnce.PurgeAsync(At(115), 10, default));
        Assert.True(await service.UsedOnce.TryUseAsync("early", "b", At(200), default));
        Assert.False(await service.UsedOnce.TryUseAsync("late", "b", At(200), default));
        Assert.False(await other.UsedOnce.TryUseAsync("early", "b", At(200), default));
    }

    private static DateTimeOffset At(long microseconds) => Instant.FromMicroseconds(microseconds);

    public sealed class OnSqlite(SqliteStore store) : UsedOnceTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : UsedOnceTests(store);
}
