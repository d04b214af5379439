using System.Buffers.Text;
using System.Numerics;
using System.Text.Json;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>Recognizes JSON Web Key Sets of clients (RFC 7517 §5).</summary>
internal static class PublicKeySet
{
    private const int MaxKeys = 50;
    private const int LeastRsaBits = 2048;

    /// <summary>Whether the text is a set of public keys. A private key here is a mistake and must not be stored.</summary>
    public static bool IsOne(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("keys", out var keys)
                && keys.ValueKind == JsonValueKind.Array
                && keys.GetArrayLength() is > 0 and <= MaxKeys
                && keys.EnumerateArray()
                    .All(key =>
                        key.ValueKind == JsonValueKind.Object
                        && key.TryGetProperty("kty", out var type)
                        && type.ValueKind == JsonValueKind.String
                        && type.GetString() is "RSA" or "EC"
                        && !key.TryGetProperty("d", out _)
                    );
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether each RSA key of a set has enough bits. Keys of elliptic curves always have.</summary>
    public static bool IsStrong(string set)
    {
        using var document = JsonDocument.Parse(set);
        try
        {
            return document
                .RootElement.GetProperty("keys")
                .EnumerateArray()
                .Where(key => key.GetProperty("kty").GetString() == "RSA")
                .All(key => BitsOf(key) >= LeastRsaBits);
        }
        catch (InvalidOperationException)
        {
            // JSON can have half a character.
            return false;
        }
    }

    /// <summary>The length of the modulus (RFC 7518 §6.3.1.1); 0 if there is none.</summary>
    private static long BitsOf(JsonElement key) =>
        key.TryGetProperty("n", out var modulus)
        && modulus.ValueKind == JsonValueKind.String
        && modulus.GetString()! is var text
        && Base64Url.IsValid(text)
            ? new BigInteger(Base64Url.DecodeFromChars(text), isUnsigned: true, isBigEndian: true).GetBitLength()
            : 0;
}
