namespace Orleans.Sessions.Storage;

/// <summary>
/// Checks that every database can store a text. PostgreSQL stores no NUL character, and UTF-8 has no form for half of a surrogate pair.
/// Such a text is refused before it becomes a key or a parameter, because a failed statement would cost the connection its prepared
/// statements.
/// </summary>
public static class StorableText
{
    /// <summary>Whether every database can store <paramref name="text"/>.</summary>
    public static bool Is(ReadOnlySpan<char> text) => !text.Contains('\0') && IsUnicode(text);

    /// <summary>Returns <paramref name="text"/>. Fails with <c>SESSION-Text1</c> if a database cannot store it.</summary>
    public static string Ensure(string text) => Is(text) ? text : throw new SessionException(SessionErrors.TextNotStorable);

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        for (var next = text.IndexOfAnyInRange('\uD800', '\uDFFF'); next >= 0; next = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (next + 1 >= text.Length || !char.IsSurrogatePair(text[next], text[next + 1]))
            {
                return false;
            }

            text = text[(next + 2)..];
        }

        return true;
    }
}
