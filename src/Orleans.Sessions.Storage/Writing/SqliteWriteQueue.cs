using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Group commit on SQLite. SQLite has one writer at a time; a second writer sleeps on its thread and retries, in no order. So one thread
/// writes. The statements stay prepared, because preparing one takes SQLite longer than running it.
/// </summary>
internal sealed class SqliteWriteQueue(DbDataSource connections) : WriteQueue(transactions: 1), IDisposable
{
    private const string Savepoint = "one";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private SqliteConnection? _connection;

    /// <summary>Waits for the commit that is under way.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    protected override void Start(Func<Task> work) => _ = Task.Run(work);

    protected override Task CommitAsync(IReadOnlyList<DatabaseWrite> group)
    {
        var open = group.ToList();
        lock (_gate)
        {
            try
            {
                Commit(open);
            }
            catch (Exception exception)
            {
                // The state of the connection is unknown, so the next commit opens a new one.
                Close();
                open.ForEach(write => write.Fail(exception));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes the group. When it is written, <paramref name="open"/> is empty.</summary>
    private void Commit(List<DatabaseWrite> open)
    {
        _connection ??= (SqliteConnection)connections.OpenConnection();
        var refusals = new Dictionary<DatabaseWrite, Exception>();
        using (var transaction = _connection.BeginTransaction())
        {
            foreach (var write in open)
            {
                transaction.Save(Savepoint);
                try
                {
                    Run(write, transaction);
                    transaction.Release(Savepoint);
                }
                catch (Exception exception)
                    when (exception is RefusedException or SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT })
                {
                    // The database refuses this write. The other writes of the transaction must not fail with it.
                    transaction.Rollback(Savepoint);
                    refusals.Add(write, exception);
                }
            }

            transaction.Commit();
        }

        // Not before the commit: a writer that another write of the group has refused looks that write up.
        foreach (var write in open)
        {
            Complete(write, refusals.GetValueOrDefault(write));
        }

        open.Clear();
    }

    private static void Complete(DatabaseWrite write, Exception? refusal)
    {
        if (refusal is null)
        {
            write.Succeed();
        }
        else if (write.Key is not null && IsConflict(write, refusal))
        {
            write.Conflict();
        }
        else
        {
            write.Fail(refusal);
        }
    }

    /// <summary>The row was not there in the version that the write replaces, or it exists although it should be new.</summary>
    private static bool IsConflict(DatabaseWrite write, Exception exception) =>
        exception is RefusedException { Fault: StorageFault.Conflict }
        || exception is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_PRIMARYKEY } refused
            && refused.Message.Contains($"{write.Key!.Table.Table}.", StringComparison.Ordinal);

    private void Run(DatabaseWrite write, SqliteTransaction transaction)
    {
        foreach (var step in write.Steps)
        {
            switch (step)
            {
                case AddRow row:
                    Command(row.Statement.OneText, row.Values, transaction).ExecuteNonQuery();
                    break;
                case RunChecked run:
                    if (Command(run.Statement.Text, run.Values, transaction).ExecuteScalar() is null)
                    {
                        throw new RefusedException(run.Statement.Refusal);
                    }

                    break;
                case RunStatement run:
                    Command(run.Text, run.Values, transaction).ExecuteNonQuery();
                    break;
            }
        }
    }

    private SqliteCommand Command(string text, SqlValue[] values, SqliteTransaction transaction)
    {
        if (!_commands.TryGetValue(text, out var command))
        {
            command = _connection!.CreateCommand();
            command.CommandText = text;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            }

            _commands.Add(text, command);
        }

        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Boxed ?? DBNull.Value;
        }

        return command;
    }

    private void Close()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
        _connection?.Dispose();
        _connection = null;
    }
}
