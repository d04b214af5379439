namespace Orleans.Sessions.Storage;

/// <summary>Texts in patterns of <c>like … escape '!'</c>.</summary>
internal static class LikePattern
{
    /// <summary>The text, with every character that would match something else escaped.</summary>
    public static string Escaped(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);
}
