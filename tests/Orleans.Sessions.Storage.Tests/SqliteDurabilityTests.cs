namespace Orleans.Sessions.Storage.Tests;

public sealed class SqliteDurabilityTests(SqliteStore store)
{
    [Fact]
    public async Task Every_connection_syncs_at_commit_and_waits_for_the_writer()
    {
        await using var service = store.NewService();
        foreach (var round in Enumerable.Range(0, 2))
        {
            var connections = await Task.WhenAll(
                Enumerable.Range(0, 3).Select(async _ => await service.Database.Sessions.OpenConnectionAsync())
            );
            foreach (var connection in connections)
            {
                Assert.Equal(("wal", 2L, 5000L), (await Pragma("journal_mode"), await Pragma("synchronous"), await Pragma("busy_timeout")));

                async Task<object?> Pragma(string name)
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = $"pragma {name}";
                    return await command.ExecuteScalarAsync();
                }
            }

            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
