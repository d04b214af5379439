using System.Data.Common;
using System.Security.Cryptography;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>
/// The key with which stored secrets are encrypted. It is read when the storage is ready and before the silo starts. All nodes of a cluster
/// must have the same key. It comes from the configuration (<c>Sessions:MasterKey</c>, 32 bytes in base64). Without it, the first start
/// creates a key and keeps it in <c>master.key</c> beside the embedded database, or in the PostgreSQL database. There it does not protect a
/// stolen backup, so production clusters should configure the key. Hosts with the role <c>gateway</c> have the key too: with it they
/// decrypt the signing keys and prove their role to the silos. A process whose key differs from the key of the first process does not
/// start.
/// </summary>
internal sealed partial class MasterKey(IConfiguration configuration, StorageOptions storage, MasterKeyStore store, ILogger<MasterKey> log)
    : IHostedLifecycleService
{
    /// <summary>The file of the key beside the embedded database. It is created after the database has its tables.</summary>
    public const string KeyFile = "master.key";

    /// <summary>
    /// 32 bytes in base64 that encrypt stored secrets. None: the first start makes a key and keeps it in <c>master.key</c> in the data
    /// folder, or in the PostgreSQL database itself, where it protects no stolen backup. A node with another key than the first node had
    /// does not start.
    /// </summary>
    /// <value>none</value>
    private const string ConfigurationKey = "Sessions:MasterKey";
    private const string UndefinedTable = "42P01";

    private byte[]? _key;

    /// <summary>32 bytes.</summary>
    public byte[] Key => _key ?? throw new InvalidOperationException("The master key is not read yet.");

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
        }
        catch (DbException exception) when (exception.SqlState == UndefinedTable)
        {
            // Only silos create the tables.
            throw new InvalidOperationException("The database has no tables of this service yet: start a silo first.", exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (configuration[ConfigurationKey] is { Length: > 0 } configured)
        {
            _key = Read(configured, ConfigurationKey);
        }
        else if (storage.IsShared)
        {
            _key = await store.GetOrAddAsync(RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes), cancellationToken);
            KeyIsInDatabase(log);
        }
        else
        {
            _key = FromFile(Path.Combine(storage.DataPath, KeyFile));
        }

        // With another key, this node could not decrypt the stored secrets, and the other nodes could not decrypt its new ones.
        if (!await store.IsMarkAsync(new SecretProtector(_key).Mac("the cluster's master key"u8), cancellationToken))
        {
            throw new InvalidOperationException(
                $"The master key ({ConfigurationKey}, or {KeyFile} beside the embedded database) is not the one "
                    + "that the secrets in this database are encrypted with."
            );
        }
    }

    private static byte[] FromFile(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes)));
        }

        return Read(File.ReadAllText(path).Trim(), path);
    }

    private static byte[] Read(string base64, string source)
    {
        var key = new byte[SecretProtector.KeyBytes];
        return Convert.TryFromBase64String(base64, key, out var length) && length == key.Length
            ? key
            : throw new InvalidOperationException($"{source} must be {SecretProtector.KeyBytes} bytes in base64.");
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Sessions:MasterKey is not configured: the key that encrypts secrets is kept in the database, beside them"
    )]
    private static partial void KeyIsInDatabase(ILogger log);
}
