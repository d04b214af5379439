using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>One SQLite file for one process. It is as durable as PostgreSQL: an acknowledged change is on disk.</summary>
internal sealed class SqliteDatabase(string dataPath) : Database
{
    private static readonly string s_writeText = SqlText.Of("Sqlite.Queries.WriteToStorageKey");
    private static readonly string s_auditText = SqlText.Of("Sqlite.AppendAudit");

    public override string Dialect => "Sqlite";

    /// <summary>Orleans knows this name and loads Microsoft.Data.Sqlite for it.</summary>
    public override string Invariant => "System.Data.SQLite";

    public override DbDataSource Sessions { get; } = new Connections(dataPath);

    public override async Task<DbTransaction> LockAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        // In this mode, readers do not wait for the writer. The file stores the mode, so setting it once is enough.
        command.CommandText = "pragma journal_mode = wal";
        await command.ExecuteNonQueryAsync(cancellationToken);
        // The transaction is immediate: it has the write lock of the file from the beginning.
        return await connection.BeginTransactionAsync(cancellationToken);
    }

    /// <summary>The driver runs on the caller's thread and has no way to stop a command by itself.</summary>
    public override IDisposable Limit(DbCommand command, TimeSpan time)
    {
        var handle = ((SqliteConnection)command.Connection!).Handle!;
        return new Timer(_ => raw.sqlite3_interrupt(handle), null, time, Timeout.InfiniteTimeSpan);
    }

    public override bool IsTooSlow(DbException exception) => exception is SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT };

    /// <summary>SQLite has no statistics to estimate with, and it counts a million rows in a tenth of a second.</summary>
    public override Task<long> CountManyAsync(string matching, SqlQuery query, CancellationToken cancellationToken) =>
        query.CountAsync(this, matching, cancellationToken);

    public override async Task<int?> WriteAsync(StateWrite write, string? audit)
    {
        await using var connection = await Sessions.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var version = await ExecuteAsync(
            connection, s_writeText, ("ServiceId", write.ServiceId), ("GrainTypeString", write.Type), ("GrainIdExtensionString", write.Key),
            ("GrainStateVersion", write.Known ?? (object)DBNull.Value), ("PayloadBinary", write.Payload));
        if (version is not null)
        {
            if (audit is not null)
            {
                await ExecuteAsync(connection, s_auditText, ("service", write.ServiceId), ("rows", audit));
            }

            await transaction.CommitAsync();
        }

        return version is long written ? (int)written : null;
    }

    private static async Task<object?> ExecuteAsync(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteScalarAsync();
    }

    private sealed class Connections : DbDataSource
    {
        public Connections(string dataPath)
        {
            // The file contains password hashes, so its folder must be private.
            var folder = OperatingSystem.IsWindows()
                ? System.IO.Directory.CreateDirectory(dataPath)
                : System.IO.Directory.CreateDirectory(dataPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            ConnectionString = new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder.FullName, EmbeddedDatabase.DatabaseFile),
                DefaultTimeout = 5,
            }.ConnectionString;
        }

        public override string ConnectionString { get; }

        protected override DbConnection CreateDbConnection() => new Connection(ConnectionString);

        protected override void Dispose(bool disposing)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
            base.Dispose(disposing);
        }

        protected override ValueTask DisposeAsyncCore()
        {
            Dispose(disposing: true);
            return base.DisposeAsyncCore();
        }
    }

    /// <summary>A connection that sets its settings each time it opens, because the connection string cannot contain them.</summary>
    private sealed class Connection(string connectionString) : SqliteConnection(connectionString)
    {
        public override void Open()
        {
            base.Open();
            using var command = CreateCommand();
            command.CommandText =
                "pragma busy_timeout = 5000; pragma synchronous = full; pragma foreign_keys = on; pragma case_sensitive_like = on";
            command.ExecuteNonQuery();
        }
    }
}
