namespace Orleans.Sessions.Storage.Tests;

/// <summary>The slots of ids in a database.</summary>
public abstract class IdSlotTests(TestStore store)
{
    [Fact]
    public async Task A_slot_is_used_again_only_from_where_it_was_given_away_to()
    {
        await using var service = store.NewService();
        var ranges = new List<IdRange>();
        for (var i = 0; i < 20; i++)
        {
            ranges.Add(await service.IdRanges.ReserveAsync(5_000_000, IdRangeTests.Length, default));
        }

        await service.RowsAsync("delete from id_slot where service_id = @service and slot >= 2");
        for (var i = 0; i < 20; i++)
        {
            ranges.Add(await service.IdRanges.ReserveAsync(1_000, IdRangeTests.Length, default));
        }

        IdRangeTests.AssertNoOverlap(ranges);
    }

    public sealed class OnSqlite(SqliteStore store) : IdSlotTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : IdSlotTests(store);
}
