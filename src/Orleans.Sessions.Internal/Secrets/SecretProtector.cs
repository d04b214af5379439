using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Secrets;

/// <summary>
/// Encrypts secrets that the service must read again (TOTP secrets, answers to repeated calls) before they are stored: AES-256-GCM with the
/// cluster's master key. The purpose is authenticated too, so nobody can move a ciphertext to another record.
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
        // A lambda cannot capture a span, so the keys are derived at once.
        _keys = new(new Keys(masterKey));
    }

    /// <summary>
    /// Protects with the 32 bytes that <paramref name="masterKey"/> returns when the first secret arrives. The services are created before
    /// the key is read.
    /// </summary>
    public SecretProtector(Func<byte[]> masterKey) => _keys = new(() => new Keys(masterKey()));

    /// <summary>A keyed hash (HMAC-SHA256, 32 bytes). It proves equality without revealing the value to a reader of the database.</summary>
    public byte[] Mac(ReadOnlySpan<byte> data) => HMACSHA256.HashData(_keys.Value.Mac, data);

    /// <summary>
    /// Derives a key of 32 bytes for one purpose from the master key with HKDF (RFC 5869). The derived key does not reveal the master key.
    /// </summary>
    public byte[] DeriveKey(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _keys.Value.Encryption, KeyBytes, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>
    /// Encrypts <paramref name="secret"/> to version, nonce, tag, data. <paramref name="purpose"/> names what the secret is and to whom it
    /// belongs.
    /// </summary>
    public byte[] Protect(ReadOnlySpan<byte> secret, string purpose)
    {
        var result = new byte[1 + NonceBytes + TagBytes + secret.Length];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = NewCipher();
        cipher.Encrypt(
            nonce,
            secret,
            result.AsSpan(1 + NonceBytes + TagBytes),
            result.AsSpan(1 + NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(purpose)
        );
        return result;
    }

    /// <summary>
    /// Decrypts <paramref name="ciphertext"/>. Throws <see cref="CryptographicException"/> if it was altered, moved or made with another
    /// key.
    /// </summary>
    public byte[] Unprotect(ReadOnlySpan<byte> ciphertext, string purpose)
    {
        if (ciphertext.Length < 1 + NonceBytes + TagBytes || ciphertext[0] != Version)
        {
            throw new CryptographicException("The bytes are not a protected secret.");
        }

        var secret = new byte[ciphertext.Length - 1 - NonceBytes - TagBytes];
        using var cipher = NewCipher();
        cipher.Decrypt(
            ciphertext.Slice(1, NonceBytes),
            ciphertext[(1 + NonceBytes + TagBytes)..],
            ciphertext.Slice(1 + NonceBytes, TagBytes),
            secret,
            Encoding.UTF8.GetBytes(purpose)
        );
        return secret;
    }

    /// <summary>Each use creates its own cipher: two threads must not share one, and every grain of the silo calls this class.</summary>
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
