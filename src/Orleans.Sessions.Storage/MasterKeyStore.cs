using System.Security.Cryptography;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Keeps the cluster's master key in the database when nothing better is configured, and a mark of it in any case: the first node's key is
/// the cluster's.
/// </summary>
public sealed class MasterKeyStore
{
    private readonly Database _database;

    internal MasterKeyStore(Database database) => _database = database;

    /// <summary>The key that is kept; <paramref name="candidate"/> if there was none. Call it after the migration.</summary>
    public Task<byte[]> GetOrAddAsync(byte[] candidate, CancellationToken cancellationToken) =>
        FirstAsync("master_key", "key", candidate, cancellationToken);

    /// <summary>
    /// Whether <paramref name="mark"/> is the one that the first node left; that is so for the first node itself. A mark tells the cluster's
    /// key from others and nothing about it. Call it after the migration.
    /// </summary>
    public async Task<bool> IsMarkAsync(byte[] mark, CancellationToken cancellationToken) =>
        CryptographicOperations.FixedTimeEquals(await FirstAsync("master_key_mark", "mark", mark, cancellationToken), mark);

    /// <summary>What is in the one row of a table, which becomes <paramref name="candidate"/> when there is none.</summary>
    private async Task<byte[]> FirstAsync(string table, string column, byte[] candidate, CancellationToken cancellationToken)
    {
        await using var connection = await _database.Sessions.OpenConnectionAsync(cancellationToken);
        await using var add = connection.CreateCommand();
        add.CommandText = $"insert into {table} (id, {column}) values (1, @candidate) on conflict do nothing";
        var parameter = add.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("candidate", candidate);
        add.Parameters.Add(parameter);
        await add.ExecuteNonQueryAsync(cancellationToken);

        await using var read = connection.CreateCommand();
        read.CommandText = $"select {column} from {table} where id = 1";
        return (byte[])(await read.ExecuteScalarAsync(cancellationToken))!;
    }
}
