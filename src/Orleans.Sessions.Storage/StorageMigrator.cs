using System.Data.Common;
using System.Globalization;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Brings the database to the schema this version needs, before the silo starts. It works in one transaction under
/// a lock of the database, so any number of processes may start at once; done twice, it does nothing. Orleans'
/// stored queries are code, not schema: they are rewritten at every start.
/// </summary>
public sealed class StorageMigrator
{
    private readonly Database _database;

    internal StorageMigrator(Database database) => _database = database;

    /// <summary>Migrates, or fails without having changed anything.</summary>
    /// <exception cref="InvalidOperationException">A newer version of this service has migrated the database.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.Sessions.OpenConnectionAsync(cancellationToken);
        await using var transaction = await _database.LockAsync(connection, cancellationToken);

        await ExecuteAsync(connection, SqlText.Of($"{_database.Dialect}.Bookkeeping"), [], cancellationToken);
        var migrations = SqlText.Folder($"{_database.Dialect}.Migrations")
            .Select(m => (Version: int.Parse(m.Name[..4], CultureInfo.InvariantCulture), m.Text))
            .ToList();
        var present = await VersionAsync(connection, cancellationToken);
        if (present > migrations[^1].Version)
        {
            throw new InvalidOperationException(
                $"The database has schema version {present}, but this version of Orleans.Sessions knows only up to " +
                $"{migrations[^1].Version}. Start the newer version, or restore a backup.");
        }

        foreach (var (version, script) in migrations.Where(m => m.Version > present))
        {
            await ExecuteAsync(connection, script, [], cancellationToken);
            await ExecuteAsync(connection, "insert into schema_version (version) values (@version)", [("version", version)], cancellationToken);
        }

        foreach (var (key, query) in SqlText.Folder($"{_database.Dialect}.Queries"))
        {
            await ExecuteAsync(connection, SqlText.Of("SetQuery"), [("key", key), ("query", query)], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> VersionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select coalesce(max(version), 0) from schema_version";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(
        DbConnection connection, string sql, (string Name, object Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        // An index on many rows takes as long as it takes.
        command.CommandTimeout = 0;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
