using System.Data.Common;

namespace Orleans.Sessions.Storage;

/// <summary>A statement and its parameters. Values always become parameters, never text.</summary>
internal sealed class SqlQuery
{
    private readonly List<(string Name, object Value)> _parameters = [];
    private TimeSpan? _within;

    /// <summary>Adds a named parameter. Fails with <c>SESSION-Text1</c> for a text that a database cannot store.</summary>
    public SqlQuery With(string name, object value)
    {
        _parameters.Add((name, value is string text ? StorableText.Ensure(text) : value));
        return this;
    }

    /// <summary>Adds a parameter and returns its name in the SQL text. Fails as <see cref="With"/>.</summary>
    public string Add(object value)
    {
        var name = $"p{_parameters.Count}";
        With(name, value);
        return $"@{name}";
    }

    /// <summary>
    /// Makes the statement a search. It uses the connections for searches. If the database does not answer within this time, the statement
    /// is canceled.
    /// </summary>
    public SqlQuery Within(TimeSpan time)
    {
        _within = time;
        return this;
    }

    /// <summary>The condition that <paramref name="column"/> is one of the values.</summary>
    public string In(string column, IEnumerable<string> values)
    {
        var names = string.Join(", ", values.Select(Add));
        return names.Length == 0 ? "false" : $"{column} in ({names})";
    }

    /// <summary>Reads all rows.</summary>
    public Task<List<T>> ReadAsync<T>(Database database, string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(
            database,
            sql,
            async command =>
            {
                var rows = new List<T>();
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(reader));
                }

                return rows;
            },
            cancellationToken
        );

    /// <summary>The number of rows that <paramref name="sql"/> selects.</summary>
    public async Task<long> CountAsync(Database database, string sql, CancellationToken cancellationToken)
    {
        var counts = await ReadAsync(database, $"select count(*) from ({sql}) counted", row => row.GetInt64(0), cancellationToken);
        return counts[0];
    }

    /// <summary>Executes a statement that writes, and returns the number of changed rows.</summary>
    public Task<int> ExecuteAsync(Database database, string sql, CancellationToken cancellationToken) =>
        RunAsync(database, sql, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    private async Task<T> RunAsync<T>(Database database, string sql, Func<DbCommand, Task<T>> run, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await (_within is null ? database.Sessions : database.Searches).OpenConnectionAsync(
                cancellationToken
            );
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in _parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            return await RunAsync(database, connection, command, run);
        }
        catch (DbException e) when (s_faults.Classify(e) == StorageFault.Unavailable)
        {
            database.Note(e);
            throw new StoreUnavailableException("The database is not available.", e);
        }
    }

    /// <summary>
    /// Runs the command. A statement that the database refused may be only half prepared. The connection must forget it, so that the next
    /// user of the connection does not fail because of it.
    /// </summary>
    private async Task<T> RunAsync<T>(Database database, DbConnection connection, DbCommand command, Func<DbCommand, Task<T>> run)
    {
        using var end = _within is { } time ? database.Limit(command, time) : null;
        try
        {
            return await run(command);
        }
        catch (DbException e) when (_within is not null && database.IsTooSlow(e))
        {
            throw new SessionException(SessionErrors.SearchTooSlow) { RetryAfter = s_pause };
        }
        catch (DbException e) when (s_faults.Classify(e) is StorageFault.Other)
        {
            database.ForgetPrepared(connection);
            throw;
        }
    }

    private static readonly StorageFaults s_faults = new();
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
}
