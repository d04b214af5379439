using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>One SQLite file for one process. It is as durable as PostgreSQL: an acknowledged change is on disk.</summary>
internal sealed partial class SqliteDatabase : Database
{
    /// <summary>The number of threads that may wait for the disk while the processors serve requests.</summary>
    private const int BlockedThreads = 8;

    private readonly SqliteWriteQueue _writes;
    private readonly string _dataPath;
    private readonly ILogger _log;
    private int _isDamaged;

    public SqliteDatabase(string dataPath, ILogger log)
    {
        // The driver blocks the thread that calls it. Without spare threads, all requests wait until the thread pool makes new ones.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + BlockedThreads), completions);
        (_dataPath, _log) = (dataPath, log);
        Sessions = new Connections(dataPath);
        _writes = new SqliteWriteQueue(Sessions);
    }

    public override string Dialect => "Sqlite";

    /// <summary>Orleans knows this name and loads Microsoft.Data.Sqlite for it.</summary>
    public override string Invariant => "System.Data.SQLite";

    public override DbDataSource Sessions { get; }

    public override string MetadataOfUser => "json_each(cast(payload as text), '$.metadata') as entry";

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

    /// <summary>Logs damage once. Each request that needs the damaged part is answered with 503, which does not say why.</summary>
    public override void Note(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB })
            {
                TellDamage(cause.Message);
            }
        }
    }

    /// <summary>Logs the damage, unless it was logged before.</summary>
    public void TellDamage(string damage)
    {
        if (Interlocked.Exchange(ref _isDamaged, 1) == 0)
        {
            IsDamaged(_log, Path.Combine(_dataPath, EmbeddedDatabase.DatabaseFile), damage);
        }
    }

    public override bool IsTooSlow(DbException exception) => exception is SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT };

    /// <summary>SQLite has no statistics to estimate with, and it counts a million rows in a tenth of a second.</summary>
    public override Task<long?> EstimateAsync(string matching, SqlQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(null);

    public override WriteQueue Writes => _writes;

    public override ValueTask DisposeAsync()
    {
        _writes.Dispose();
        return base.DisposeAsync();
    }

    [LoggerMessage(
        LogLevel.Critical,
        "{File} is damaged: {Damage}. What needs the damaged part is answered 503. Stop it and restore a backup. This is said once"
    )]
    private static partial void IsDamaged(ILogger log, string file, string damage);

    private sealed class Connections : DbDataSource
    {
        public Connections(string dataPath)
        {
            // The file contains password hashes, so its folder must be private.
            var folder = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(dataPath)
                : Directory.CreateDirectory(dataPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
