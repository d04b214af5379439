using System.Data.Common;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Keeps the cluster's master key in the database when nothing better is configured. The first node's key wins.
/// </summary>
public sealed class MasterKeyStore
{
    private readonly Database _database;

    internal MasterKeyStore(Database database) => _database = database;

    /// <summary>The key that is kept; <paramref name="candidate"/> if there was none. Call it after the migration.</summary>
    public async Task<byte[]> GetOrAddAsync(byte[] candidate, CancellationToken cancellationToken)
    {
        await using var connection = await _database.Sessions.OpenConnectionAsync(cancellationToken);
        await using var add = connection.CreateCommand();
        add.CommandText = "insert into master_key (id, key) values (1, @key) on conflict do nothing";
        var parameter = add.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("key", candidate);
        add.Parameters.Add(parameter);
        await add.ExecuteNonQueryAsync(cancellationToken);

        await using var read = connection.CreateCommand();
        read.CommandText = "select key from master_key where id = 1";
        return (byte[])(await read.ExecuteScalarAsync(cancellationToken))!;
    }
}
