using System.Data.Common;
using Microsoft.Data.Sqlite;
using Orleans.Sessions.Directory;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Group commit for SQLite. SQLite has one writer at a time; a second writer sleeps on its thread and retries, in no order. So one thread
/// writes. The rows that arrive while it commits share the next commit. A write is done when its commit is done. The statements stay
/// prepared, because preparing a statement with all its triggers takes SQLite longer than running it.
/// </summary>
internal sealed class SqliteWriteQueue(DbDataSource connections) : IDisposable
{
    /// <summary>The most rows in one transaction. Other writers, such as the outbox, wait while it runs.</summary>
    private const int MaxGroup = 64;

    /// <summary>How long a write waits for its turn, in milliseconds. After that time the caller has given up.</summary>
    private const int MaxWait = 5000;

    private static readonly string s_writeText = SqlText.Of("Sqlite.Queries.WriteToStorageKey");
    private static readonly string s_auditText = SqlText.Of("Sqlite.AppendAudit");

    private readonly Lock _lock = new();
    private List<Write> _waiting = [];
    private bool _isWriting;
    private Writer? _writer;

    /// <summary>
    /// Writes a row and its audit events, if any, and returns the row's new version; <c>null</c> means a conflict.
    /// </summary>
    public Task<int?> WriteAsync(StateWrite row, string? audit)
    {
        var write = new Write(row, audit);
        lock (_lock)
        {
            _waiting.Add(write);
            if (_isWriting)
            {
                return write.Done.Task;
            }

            _isWriting = true;
        }

        _ = Task.Run(Drain);
        return write.Done.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private void Drain()
    {
        while (TakeGroup() is { } group)
        {
            foreach (var late in group.Where(write => Environment.TickCount64 - write.Since > MaxWait))
            {
                late.Done.SetException(
                    new StoreUnavailableException("The database is too slow.", new TimeoutException("A write had no turn in time."))
                );
            }

            Commit([.. group.Where(write => !write.Done.Task.IsCompleted)]);
        }
    }

    /// <summary>The writes of the next commit; <c>null</c> if no write waits. The next write then starts a new loop.</summary>
    private List<Write>? TakeGroup()
    {
        lock (_lock)
        {
            var group = _waiting.Count <= MaxGroup ? _waiting : _waiting[..MaxGroup];
            _waiting = _waiting.Count <= MaxGroup ? [] : _waiting[MaxGroup..];
            _isWriting = group.Count > 0;
            return _isWriting ? group : null;
        }
    }

    /// <summary>Never throws. The callers that wait receive the result.</summary>
    private void Commit(List<Write> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            _writer ??= new Writer((SqliteConnection)connections.OpenConnection());
            _writer.Commit(group);
        }
        catch (Exception exception)
        {
            // The state of the connection is unknown, so the next commit opens a new one.
            _writer?.Dispose();
            _writer = null;
            foreach (var write in group.Where(write => !write.Done.Task.IsCompleted))
            {
                write.Done.SetException(exception);
            }
        }
    }

    private sealed class Writer : IDisposable
    {
        private const string Savepoint = "one";

        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _write;
        private readonly SqliteCommand _audit;

        public Writer(SqliteConnection connection)
        {
            _connection = connection;
            _write = Command(s_writeText, "ServiceId", "GrainTypeString", "GrainIdExtensionString", "GrainStateVersion", "PayloadBinary");
            _audit = Command(s_auditText, "service", "rows");
        }

        public void Commit(List<Write> group)
        {
            using var transaction = _connection.BeginTransaction();
            (_write.Transaction, _audit.Transaction) = (transaction, transaction);
            List<(Write Write, int? Version)> written = [];
            foreach (var write in group)
            {
                transaction.Save(Savepoint);
                try
                {
                    written.Add((write, Execute(write)));
                    transaction.Release(Savepoint);
                }
                catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
                {
                    // The database refuses this row. The other rows of the commit must not fail with it.
                    transaction.Rollback(Savepoint);
                    write.Done.SetException(exception);
                }
            }

            transaction.Commit();
            written.ForEach(done => done.Write.Done.SetResult(done.Version));
        }

        public void Dispose()
        {
            _write.Dispose();
            _audit.Dispose();
            _connection.Dispose();
        }

        private int? Execute(Write write)
        {
            var row = write.Row;
            var version = Run(_write, row.ServiceId, row.Type, row.Key, row.Known ?? (object)DBNull.Value, row.Payload);
            if (version is not null && write.Audit is not null)
            {
                Run(_audit, row.ServiceId, write.Audit);
            }

            return version is long number ? (int)number : null;
        }

        private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var name in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            return command;
        }

        private static object? Run(SqliteCommand command, params ReadOnlySpan<object> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i];
            }

            return command.ExecuteScalar();
        }
    }

    private sealed class Write(StateWrite row, string? audit)
    {
        public StateWrite Row => row;

        public string? Audit => audit;

        public long Since { get; } = Environment.TickCount64;

        public TaskCompletionSource<int?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
