using Npgsql;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Faults;

/// <summary>A node is killed while it creates the schema.</summary>
internal static class Migrations
{
    private const int Deaths = 4;
    private const int PollMilliseconds = 5;
    private const int LongestMigrationMilliseconds = 400;

    private static readonly TimeSpan s_startsWithin = TimeSpan.FromSeconds(60);

    /// <summary>A node that starts on an empty database is killed several times during its migrations. Then it must come up.</summary>
    public static async Task KillAsync(Scene scene)
    {
        scene.Log($"a node on a new database is killed {Deaths} times while it migrates");
        var connectionString = await scene.Cluster.Server.CreateDatabaseAsync();
        await using var node = scene.Cluster.NewSpareNode(connectionString);
        for (var i = 0; i < Deaths; i++)
        {
            await node.LaunchAsync();
            await MigratingAsync(connectionString, scene.End);
            await Task.Delay(scene.Dice.Next(LongestMigrationMilliseconds), scene.End);
            await node.KillAsync();
        }

        await node.LaunchAsync();
        await node.Process.WaitReadyAsync();
        scene.Log("it is ready");
    }

    /// <summary>Returns when a session holds the lock for migrations, or when the migrations are done.</summary>
    private static async Task MigratingAsync(string connectionString, CancellationToken end)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            select to_regclass('schema_version') is not null or exists (
                select from pg_locks join pg_database on pg_database.oid = database
                where locktype = 'advisory' and datname = current_database())
            """
        );
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!(bool)(await command.ExecuteScalarAsync(end))!)
        {
            if (clock.Elapsed > s_startsWithin)
            {
                throw new TimeoutException("The node did not begin to migrate.");
            }

            await Task.Delay(PollMilliseconds, end);
        }
    }
}
