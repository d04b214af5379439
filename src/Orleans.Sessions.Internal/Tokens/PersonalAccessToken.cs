using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions;

/// <summary>
/// The shape of a personal access token: <c>pat_{user id}.{token id}.{secret}</c>. The user id is in base64url, and the secret is 32 random
/// bytes in base64url. Only the token's SHA-256 hash is stored.
/// </summary>
public static class PersonalAccessToken
{
    private const string Prefix = "pat_";
    private const int SecretBytes = 32;

    /// <summary>A longer text is not read, in characters. The longest token is shorter: a user id has at most 200 characters.</summary>
    private const int MaxLength = 1200;

    /// <summary>Creates a token for a user.</summary>
    public static string Create(string userId, string tokenId) =>
        $"{Prefix}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(userId))}.{tokenId}."
        + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads the user id and the token id from a token. Does not check the secret.</summary>
    public static bool TryParse(string token, [NotNullWhen(true)] out string? userId, [NotNullWhen(true)] out string? tokenId)
    {
        ArgumentNullException.ThrowIfNull(token);
        userId = tokenId = null;
        if (token.Length > MaxLength || !token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = token[Prefix.Length..].Split('.');
        var id = new byte[parts[0].Length];
        if (
            parts.Length != 3
            || parts[1].Length == 0
            || parts[2].Length == 0
            || Base64Url.DecodeFromChars(parts[0], id, out _, out var length) != OperationStatus.Done
            || length == 0
        )
        {
            return false;
        }

        (userId, tokenId) = (Encoding.UTF8.GetString(id, 0, length), parts[1]);
        return true;
    }
}
