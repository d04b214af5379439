using Microsoft.Extensions.Hosting;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Checks a large embedded database for damage while the service runs, because reading all of it takes too long for a start. Damage is
/// logged in the same way as damage that a request meets.
/// </summary>
internal sealed class EmbeddedCheck(SqliteDatabase database, StorageOptions options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        EmbeddedDatabase.IsCheckedAtStart(options.DataPath) ? Task.CompletedTask : Task.Run(() => Check(stoppingToken), stoppingToken);

    private void Check(CancellationToken stoppingToken)
    {
        try
        {
            using var connection = EmbeddedDatabase.Connect(options.DataPath);
            connection.Open();
            using var end = stoppingToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
            if (EmbeddedDatabase.DamageOf(connection) is { } damage)
            {
                database.TellDamage(damage);
            }
        }
        catch (Microsoft.Data.Sqlite.SqliteException exception)
        {
            database.Note(exception);
        }
    }
}
