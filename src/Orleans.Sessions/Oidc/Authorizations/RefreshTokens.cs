using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>
/// Refresh tokens that contain their number in the family: <c>rt_{authorization id}.{generation}.{secret}.{tag}</c>. The tag is made with
/// the family's key. Every earlier token is therefore recognised without being stored, and nobody can invent a token without knowing one.
/// The secret of each token but the first follows from the token before it, the family's key and the master key. So whoever has the token
/// before can be given the same successor again, and no token needs to be stored: the current token is valid only by its hash. The master
/// key is not in the database, so nobody can compute the current token from an old one and a copy of the database.
/// </summary>
internal static class RefreshTokens
{
    private const int TagLength = 16;

    /// <summary>A new key of a family.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <summary>The token of a generation with a secret.</summary>
    public static string Create(string authorizationId, int generation, string secret, ReadOnlySpan<byte> key)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{OidcTokens.Refresh}{authorizationId}.{generation}.{secret}");
        return $"{text}.{Base64Url.EncodeToString(Tag(text, key))}";
    }

    /// <summary>The generation of a token that was made with this key; <c>null</c> if it was not made with this key.</summary>
    public static int? GenerationOf(string token, ReadOnlySpan<byte> key)
    {
        var end = token.LastIndexOf('.');
        Span<byte> tag = stackalloc byte[TagLength];
        return
            end > 0
            && token.Split('.') is [_, var generation, _, { Length: 22 } given]
            && Base64Url.IsValid(given)
            && Base64Url.DecodeFromChars(given, tag) == TagLength
            && CryptographicOperations.FixedTimeEquals(tag, Tag(token[..end], key))
            && int.TryParse(generation, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>The secret of the token that replaces this one.</summary>
    public static string SecretAfter(string token, ReadOnlySpan<byte> key, SecretProtector secrets) =>
        Base64Url.EncodeToString(secrets.Mac([.. "refresh token after"u8, .. HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(token))]));

    private static ReadOnlySpan<byte> Tag(string text, ReadOnlySpan<byte> key) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, TagLength);
}
