using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Secrets;

/// <summary>
/// Encrypts what must be readable again (TOTP secrets, replayable answers) before it is stored: AES-256-GCM with the
/// cluster's master key. The purpose is authenticated too, so a ciphertext cannot be moved to another record.
/// </summary>
public sealed class SecretProtector
{
    /// <summary>The length of a master key in bytes.</summary>
    public const int KeyBytes = 32;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<Keys> _keys;

    /// <summary>Protects with <paramref name="masterKey"/>, 32 bytes.</summary>
    public SecretProtector(ReadOnlySpan<byte> masterKey)
    {
        // A span cannot wait.
        _keys = new(new Keys(masterKey));
    }

    /// <summary>Protects with the 32 bytes that <paramref name="masterKey"/> gives when the first secret comes: services are made before the key is read.</summary>
    public SecretProtector(Func<byte[]> masterKey) => _keys = new(() => new Keys(masterKey()));

    /// <summary>A keyed hash (HMAC-SHA256, 32 bytes): proves equality without telling the value to who reads the database.</summary>
    public byte[] Mac(ReadOnlySpan<byte> data) => HMACSHA256.HashData(_keys.Value.Mac, data);

    /// <summary>A key of 32 bytes for one purpose: HKDF of the master key, which does not come out of it (RFC 5869).</summary>
    public byte[] DeriveKey(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _keys.Value.Encryption, KeyBytes, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>The ciphertext of <paramref name="secret"/>: version, nonce, tag, data. <paramref name="purpose"/> says what it is and whose.</summary>
    public byte[] Protect(ReadOnlySpan<byte> secret, string purpose)
    {
        var result = new byte[1 + NonceBytes + TagBytes + secret.Length];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = NewCipher();
        cipher.Encrypt(nonce, secret, result.AsSpan(1 + NonceBytes + TagBytes), result.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return result;
    }

    /// <summary>The secret behind <paramref name="ciphertext"/>. Throws <see cref="CryptographicException"/> when it was altered, moved or made with another key.</summary>
    public byte[] Unprotect(ReadOnlySpan<byte> ciphertext, string purpose)
    {
        if (ciphertext.Length < 1 + NonceBytes + TagBytes || ciphertext[0] != Version)
        {
            throw new CryptographicException("Not a protected secret.");
        }

        var secret = new byte[ciphertext.Length - 1 - NonceBytes - TagBytes];
        using var cipher = NewCipher();
        cipher.Decrypt(
            ciphertext.Slice(1, NonceBytes), ciphertext[(1 + NonceBytes + TagBytes)..], ciphertext.Slice(1 + NonceBytes, TagBytes),
            secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }

    /// <summary>One for each use: a cipher must not be used by two threads, and every grain of the silo comes here.</summary>
    private AesGcm NewCipher() => new(_keys.Value.Encryption, TagBytes);

    private sealed class Keys
    {
        public Keys(ReadOnlySpan<byte> masterKey)
        {
            if (masterKey.Length != KeyBytes)
            {
                throw new ArgumentException($"A master key has {KeyBytes} bytes.", nameof(masterKey));
            }

            Encryption = masterKey.ToArray();
            Mac = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encryption, KeyBytes, info: "mac"u8.ToArray());
        }

        public byte[] Encryption { get; }

        public byte[] Mac { get; }
    }
}
