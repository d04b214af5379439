using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orleans.Sessions;

/// <summary>
/// The random texts of a login at an external provider; only their hashes are stored. The token, which the success URL gets, is 32 random bytes in
/// base64url. The <c>state</c>, which goes to the provider and comes back, and the ticket, which the browser begins with, are <c>{intent id}.{secret}</c>: any node
/// finds the intent by them.
/// </summary>
public static class IntentTokens
{
    /// <summary>The characters of a token.</summary>
    public const int TokenLength = 43;

    private const int SecretBytes = 32;

    /// <summary>A new token, or another secret of the same strength.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>A new <c>state</c>, or ticket, of an intent.</summary>
    public static string CreateState(string intentId) => $"{intentId}.{Create()}";

    /// <summary>Reads the intent's id out of a <c>state</c> or ticket; says nothing about whether it is right.</summary>
    public static bool TryGetIntentId(string state, [NotNullWhen(true)] out string? intentId)
    {
        ArgumentNullException.ThrowIfNull(state);
        var end = state.Length - TokenLength - 1;
        intentId = end is > 0 and <= 200 && state[end] == '.' ? state[..end] : null;
        return intentId is not null;
    }
}
