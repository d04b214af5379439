using Npgsql;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Group commit on PostgreSQL. A group is one round trip: a batch of prepared statements, which is one transaction. Most of the cost of
/// adding a row is the cost of the statement, so rows for the same table share one.
/// </summary>
internal sealed class PostgreSqlWriteQueue(PostgreSqlDatabase database, IStorageFaults faults) : WriteQueue(MaxTransactions)
{
    /// <summary>More transactions at the same time would only make the groups smaller.</summary>
    private const int MaxTransactions = 3;

    private const string MemberText = "select ensure_member($1)";
    private const string LockText = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    protected override void Start(Func<Task> work) => _ = work();

    protected override async Task CommitAsync(IReadOnlyList<DatabaseWrite> group)
    {
        try
        {
            await ExecuteAsync(group);
            foreach (var write in group)
            {
                write.Succeed();
            }
        }
        catch (Exception exception) when (group.Count == 1)
        {
            if (IsConflict(group[0], exception))
            {
                group[0].Conflict();
            }
            else
            {
                group[0].Fail(exception);
            }
        }
        catch (Exception exception)
            when (!IsDeadlock(exception) && faults.Classify(exception) is StorageFault.Unavailable or StorageFault.VotedOut)
        {
            foreach (var write in group)
            {
                write.Fail(exception);
            }
        }
        catch (Exception)
        {
            // The database refuses one of the writes, and nothing was written. The halves find out which one without it harming the others.
            var half = group.Count / 2;
            await CommitAsync([.. group.Take(half)]);
            await CommitAsync([.. group.Skip(half)]);
        }
    }

    /// <summary>The row was not there in the version that the write replaces, or it exists although it should be new.</summary>
    private static bool IsConflict(DatabaseWrite write, Exception exception) =>
        write.Key is { } key
        && exception is PostgresException refused
        && (
            refused.SqlState == StorageFaults.ConflictState
            || refused.SqlState == PostgresErrorCodes.UniqueViolation && refused.ConstraintName == key.Table.PrimaryKey
        );

    private static bool IsDeadlock(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    private async Task ExecuteAsync(IReadOnlyList<DatabaseWrite> group)
    {
        await using var connection = await database.SessionSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        // The first statement fails if the cluster has voted this silo out, and holds off such a vote until the end of the transaction.
        if (database.Writer is { } silo)
        {
            Add(batch, MemberText, [SqlValue.Of(silo)]);
        }

        // All groups work on rows in the same order, so that two groups seldom wait for each other in a circle.
        var ordered = group
            .OrderBy(write => write.Key?.Table.Name, StringComparer.Ordinal)
            .ThenBy(write => write.Key?.Key, StringComparer.Ordinal)
            .ToList();
        foreach (var rows in ordered.SelectMany(write => write.Steps.OfType<AddRow>()).GroupBy(row => row.Statement))
        {
            Add(batch, rows.Key, [.. rows.Select(row => row.Values)]);
        }

        foreach (var step in ordered.SelectMany(write => write.Steps))
        {
            switch (step)
            {
                case RunChecked run:
                    Add(batch, run.Statement.FailingText, run.Values);
                    break;
                case RunStatement run:
                    Add(batch, run.Text, run.Values);
                    break;
                case TakeLock taken:
                    Add(batch, LockText, [SqlValue.Of(taken.Name)]);
                    break;
            }
        }

        try
        {
            await batch.ExecuteNonQueryAsync();
        }
        catch (PostgresException)
        {
            database.ForgetPrepared(connection);
            throw;
        }
    }

    private static void Add(NpgsqlBatch batch, InsertStatement statement, IReadOnlyList<SqlValue[]> rows)
    {
        var command = new NpgsqlBatchCommand(statement.ManyText);
        for (var i = 0; i < statement.Columns.Count; i++)
        {
            command.Parameters.Add(PostgreSqlTypes.Parameter(statement.Columns[i].Type, rows, i));
        }

        batch.BatchCommands.Add(command);
    }

    private static void Add(NpgsqlBatch batch, string text, SqlValue[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
        {
            command.Parameters.Add(PostgreSqlTypes.Parameter(value));
        }

        batch.BatchCommands.Add(command);
    }
}
