using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orleans.Sessions;

/// <summary>
/// The random texts of a login at an external provider. Only their hashes are stored. The token, which the success URL receives, is 32
/// random bytes in base64url. The <c>state</c> goes to the provider and comes back; the browser begins with the ticket. Both have the form
/// <c>{intent id}.{secret}</c>, so that any node can find the intent.
/// </summary>
public static class IntentTokens
{
    /// <summary>The length of a token, in characters.</summary>
    public const int TokenLength = 43;

    private const int SecretBytes = 32;

    /// <summary>Creates a token, or another secret of the same strength.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Creates a <c>state</c> or a ticket of an intent.</summary>
    public static string CreateState(string intentId) => $"{intentId}.{Create()}";

    /// <summary>Reads the intent's id from a <c>state</c> or ticket. Does not check the secret.</summary>
    public static bool TryGetIntentId(string state, [NotNullWhen(true)] out string? intentId)
    {
        ArgumentNullException.ThrowIfNull(state);
        var end = state.Length - TokenLength - 1;
        intentId = end is > 0 and <= 200 && state[end] == '.' ? state[..end] : null;
        return intentId is not null;
    }
}
