namespace Orleans.Sessions.Passwords.Guessable;

/// <summary>Words that an attacker tries who knows the password's owner: names of the person, the organization and the product.</summary>
internal static class ContextWords
{
    private const int MinWord = 3;

    /// <summary>The number of characters a password must have without these words, however short passwords may be.</summary>
    private const int MinRest = 8;

    /// <summary>Whether <paramref name="password"/> is little more than words of <paramref name="texts"/>, ignoring case.</summary>
    /// <param name="password">The password.</param>
    /// <param name="texts">
    /// Names, addresses and the like; all characters but letters and digits separate words. Words of less than three characters
    /// do not count.
    /// </param>
    public static bool MakeUp(string password, IEnumerable<string?> texts)
    {
        var whole = password.ToLowerInvariant();
        var rest = texts
            .OfType<string>()
            .SelectMany(Words)
            .Distinct()
            .OrderByDescending(word => word.Length)
            .Aggregate(whole, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < whole.Length && rest.EnumerateRunes().Count() < MinRest;
    }

    private static IEnumerable<string> Words(string text)
    {
        var lower = text.ToLowerInvariant();
        var start = 0;
        for (var end = 0; end <= lower.Length; end++)
        {
            if (end < lower.Length && char.IsLetterOrDigit(lower[end]))
            {
                continue;
            }

            if (end - start >= MinWord)
            {
                yield return lower[start..end];
            }

            start = end + 1;
        }
    }
}
