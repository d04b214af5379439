namespace Orleans.Sessions.Storage;

/// <summary>
/// Folds texts so that comparisons ignore case. The result is the same for every database and every culture setting of the process.
/// </summary>
public static class TextKey
{
    /// <summary>The folded form of <paramref name="text"/>. Fails with <c>SESSION-Text1</c> if a database cannot store the text.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Globalization",
        "CA1308",
        Justification = "Lower case is what is stored and shown to operators."
    )]
    public static string Of(string text) => StorableText.Ensure(text).ToLowerInvariant();
}
