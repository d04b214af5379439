using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Names;

/// <summary>Ids and addresses, in which every character must be visible.</summary>
internal static class VisibleText
{
    /// <summary>Whether every character of a text is visible.</summary>
    public static bool Is(string text) => text.EnumerateRunes().All(rune => UnicodeTables.Visible[rune.Value]);

    /// <summary>
    /// Whether a text can be an id. Ids that look the same must be the same (NFC), and an id in the path of a URL must not change the path
    /// (RFC 3986 §5.2.4).
    /// </summary>
    public static bool IsId(string text) => text is not ("." or "..") && Is(text) && Nfc.Of(text) == text;
}
