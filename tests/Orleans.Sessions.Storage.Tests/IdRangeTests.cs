namespace Orleans.Sessions.Storage.Tests;

/// <summary>Ranges of ids. The database gives each range only once.</summary>
public abstract class IdRangeTests(ConformingStore store)
{
    internal const int Length = 60_000;

    [Fact]
    public async Task Of_many_who_ask_at_once_nobody_gets_what_another_has()
    {
        await using var service = store.NewService();
        var ranges = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => service.IdRanges.ReserveAsync(1_000_000, Length, default)));

        Assert.All(ranges, range => Assert.InRange(range.Slot, 0, IdRange.Slots - 1));
        AssertNoOverlap(ranges);
        Assert.All(ranges, range => Assert.True(range.From >= 1_000_000 && range.Until == range.From + Length));
    }

    [Fact]
    public async Task A_clock_that_jumps_back_gives_no_range_twice()
    {
        await using var service = store.NewService();
        var ranges = new List<IdRange>();
        for (var i = 0; i < 20; i++)
        {
            // The clock jumps back and forth.
            ranges.Add(await service.IdRanges.ReserveAsync(i % 2 == 0 ? 5_000_000 : 1_000, Length, default));
        }

        AssertNoOverlap(ranges);
    }

    internal static void AssertNoOverlap(IReadOnlyCollection<IdRange> ranges)
    {
        foreach (var slot in ranges.GroupBy(range => range.Slot))
        {
            var inOrder = slot.OrderBy(range => range.From).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.Until <= pair.Second.From));
        }
    }

    public sealed class OnSqlite(SqliteStore store) : IdRangeTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : IdRangeTests(store);

    public sealed class InMemory(MemoryOnly store) : IdRangeTests(store);
}
