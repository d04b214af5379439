using System.Security.Cryptography;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Stores the cluster's master key in the database if no key is configured. In any case, it stores a mark of the key: the first node's key
/// becomes the cluster's key.
/// </summary>
public sealed class MasterKeyStore
{
    private readonly Database _database;

    internal MasterKeyStore(Database database) => _database = database;

    /// <summary>
    /// The stored key. If there is none, <paramref name="candidate"/> is stored and returned. Call this after the migration.
    /// </summary>
    public Task<byte[]> GetOrAddAsync(byte[] candidate, CancellationToken cancellationToken) =>
        FirstAsync("master_key", "key", candidate, cancellationToken);

    /// <summary>
    /// Whether <paramref name="mark"/> is the mark that the first node stored. For the first node itself, this is always true. A mark
    /// distinguishes the cluster's key from other keys and reveals nothing about it. Call this after the migration.
    /// </summary>
    public async Task<bool> IsMarkAsync(byte[] mark, CancellationToken cancellationToken) =>
        CryptographicOperations.FixedTimeEquals(await FirstAsync("master_key_mark", "mark", mark, cancellationToken), mark);

    /// <summary>Reads the one row of a table. If the table is empty, <paramref name="candidate"/> is stored and returned.</summary>
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
