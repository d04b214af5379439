using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orleans.Sessions;

/// <summary>
/// The shape of a session token: <c>sess_{session id}_{secret}</c>, at most 120 URL-safe characters. The secret is 24 random bytes in
/// base64url. Only the token's SHA-256 hash is stored: with 192 random bits, a slow hash would not make it safer.
/// </summary>
public static class SessionToken
{
    private const string Prefix = "sess_";
    private const int SecretBytes = 24;

    /// <summary>A longer text is not read, in characters. The longest token is shorter.</summary>
    private const int MaxLength = 240;

    /// <summary>Creates a token for a session.</summary>
    public static string Create(string sessionId) =>
        $"{Prefix}{sessionId}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";

    /// <summary>Reads the session id from a token. Does not check the secret.</summary>
    public static bool TryGetSessionId(string token, [NotNullWhen(true)] out string? sessionId)
    {
        ArgumentNullException.ThrowIfNull(token);
        sessionId = null;
        if (token.Length > MaxLength || !token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var end = token.IndexOf('_', Prefix.Length);
        if (end <= Prefix.Length || end == token.Length - 1)
        {
            return false;
        }

        sessionId = token[Prefix.Length..end];
        return true;
    }
}
