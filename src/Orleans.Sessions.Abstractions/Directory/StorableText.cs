namespace Orleans.Sessions.Directory;

/// <summary>
/// Text that every database takes. PostgreSQL has no NUL in texts and neither has UTF-8 half of a surrogate pair, so such a text is refused before it becomes a key or a
/// parameter: a statement that fails over it would cost the connection what it had prepared.
/// </summary>
public static class StorableText
{
    /// <summary>Whether a database can take <paramref name="text"/>.</summary>
    public static bool Is(ReadOnlySpan<char> text) => !text.Contains('\0') && IsUnicode(text);

    /// <summary>The text itself. Fails with <c>SESSION-Text1</c> when no database can take it.</summary>
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
