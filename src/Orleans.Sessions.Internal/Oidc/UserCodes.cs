using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>Codes that people type: eight consonants with a hyphen in the middle. Without vowels, a code never spells a word.</summary>
public static class UserCodes
{
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int Half = 4;

    /// <summary>Creates a code, <c>XXXX-XXXX</c>.</summary>
    public static string Create()
    {
        var code = RandomNumberGenerator.GetString(Alphabet, 2 * Half);
        return $"{code[..Half]}-{code[Half..]}";
    }

    /// <summary>
    /// The authorization id of a code. It is a hash, because the id is stored and the code is not. Lower case is accepted.
    /// </summary>
    public static string IdOf(string userCode)
    {
        ArgumentNullException.ThrowIfNull(userCode);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"device\n{userCode.ToUpperInvariant()}"));
        return System.Buffers.Text.Base64Url.EncodeToString(hash.AsSpan(0, 16));
    }
}
