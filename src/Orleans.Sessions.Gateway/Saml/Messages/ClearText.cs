namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>Texts as XML can have them.</summary>
internal static class ClearText
{
    /// <summary>The text without the characters that XML does not allow.</summary>
    public static string Of(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Where(rune => rune.Value is (>= 0x20 and not 0xFFFE and not 0xFFFF) or 0x9 or 0xA or 0xD)
                .Select(rune => rune.ToString())
        );
}
