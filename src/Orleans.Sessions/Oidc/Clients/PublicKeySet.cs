using System.Text.Json;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>Recognizes JSON Web Key Sets of clients (RFC 7517 §5).</summary>
internal static class PublicKeySet
{
    private const int MaxKeys = 50;

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
}
