using System.Data.Common;
using System.Globalization;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Updates the database to the schema that this version needs, before the silo starts. It runs in one transaction under a database lock, so
/// any number of processes may start at the same time. A second run changes nothing. Functions and triggers are code, not schema: they are
/// replaced if the database has an older revision of them, and left alone if it has a newer one. Orleans' stored queries are code, too, and
/// are rewritten at every start.
/// </summary>
public sealed class StorageMigrator
{
    /// <summary>The first migration. Databases of unreleased versions had other numbers.</summary>
    private const int Baseline = 1000;

    /// <summary>The revision of the files in the folder <c>Functions</c>. Whoever changes one of them increases this number.</summary>
    internal const int FunctionRevision = 2;

    private readonly Database _database;

    internal StorageMigrator(Database database) => _database = database;

    /// <summary>Migrates. If it fails, nothing has changed.</summary>
    /// <exception cref="InvalidOperationException">A newer version of this service has migrated the database.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.Sessions.OpenConnectionAsync(cancellationToken);
        await using var transaction = await _database.LockAsync(connection, cancellationToken);

        await ExecuteAsync(connection, SqlText.Of($"{_database.Dialect}.Bookkeeping"), [], cancellationToken);
        var migrations = SqlText
            .Folder($"{_database.Dialect}.Migrations")
            .Select(m => (Version: int.Parse(m.Name[..4], CultureInfo.InvariantCulture), m.Text))
            .ToList();
        var present = await VersionsAsync(connection, cancellationToken);
        if (present.Any(version => version < Baseline))
        {
            throw new InvalidOperationException(
                "The database was made by a version of Orleans.Sessions before its first release, which this version cannot read. "
                    + "Start with an empty database."
            );
        }

        if (present.DefaultIfEmpty().Max() is var newest && newest > migrations[^1].Version)
        {
            throw new InvalidOperationException(
                $"The database has schema version {newest}, but this version of Orleans.Sessions knows only up to "
                    + $"{migrations[^1].Version}. Start the newer version, or restore a backup."
            );
        }

        // Not only the migrations after the newest one run: branches are not always merged in the order of their migration numbers.
        foreach (var (version, script) in migrations.Where(m => !present.Contains(m.Version)))
        {
            await ExecuteAsync(connection, script, [], cancellationToken);
            await ExecuteAsync(
                connection,
                "insert into schema_version (version) values (@version)",
                [("version", version)],
                cancellationToken
            );
        }

        await UpdateFunctionsAsync(connection, cancellationToken);
        foreach (var (key, query) in SqlText.Folder($"{_database.Dialect}.Queries"))
        {
            await ExecuteAsync(connection, SqlText.Of("SetQuery"), [("key", key), ("query", query)], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task UpdateFunctionsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select revision from function_revision where id = 1";
        if (Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken) ?? 0, CultureInfo.InvariantCulture) >= FunctionRevision)
        {
            return;
        }

        foreach (var (_, script) in SqlText.Folder($"{_database.Dialect}.Functions"))
        {
            await ExecuteAsync(connection, script, [], cancellationToken);
        }

        await ExecuteAsync(connection, SqlText.Of("SetFunctionRevision"), [("revision", FunctionRevision)], cancellationToken);
    }

    private static async Task<HashSet<int>> VersionsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select version from schema_version";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(reader.GetInt32(0));
        }

        return versions;
    }

    private static async Task ExecuteAsync(
        DbConnection connection,
        string sql,
        (string Name, object Value)[] parameters,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        // There is no time limit, because an index on many rows can take long.
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
