using System.Security.Cryptography;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>
/// The key that stored secrets are encrypted with. All nodes of a cluster must have the same: from configuration
/// (<c>Sessions:MasterKey</c>, 32 bytes in base64), else made at the first start and kept in <c>master.key</c> beside the embedded
/// database, or in the PostgreSQL database, which protects backups of neither: production clusters should configure it.
/// </summary>
internal static class MasterKey
{
    private const string ConfigurationKey = "Sessions:MasterKey";

    public static async Task<byte[]> LoadAsync(IConfiguration configuration, StorageOptions storage)
    {
        if (configuration[ConfigurationKey] is { Length: > 0 } configured)
        {
            var key = new byte[SecretProtector.KeyBytes];
            return Convert.TryFromBase64String(configured, key, out var length) && length == key.Length
                ? key
                : throw new InvalidOperationException($"{ConfigurationKey} must be {SecretProtector.KeyBytes} bytes in base64.");
        }

        return storage.ConnectionString is null
            ? FromFile(Path.Combine(storage.DataPath, "master.key"))
            : await MasterKeyStore.GetOrCreateAsync(storage, RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes), CancellationToken.None);
    }

    private static byte[] FromFile(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes)));
        }

        return Convert.FromBase64String(File.ReadAllText(path).Trim());
    }
}
