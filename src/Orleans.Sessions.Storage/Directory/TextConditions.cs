namespace Orleans.Sessions.Storage;

/// <summary>Writes the comparison of a text with a value as an SQL condition.</summary>
internal static class TextConditions
{
    /// <summary>The condition.</summary>
    /// <param name="text">The SQL of the text.</param>
    /// <param name="folded">The SQL of its folded form; the same as <paramref name="text"/> if it has none.</param>
    /// <param name="value">The value to compare with.</param>
    /// <param name="key">Its folded form.</param>
    /// <param name="method">How it is compared.</param>
    /// <param name="sql">Takes the parameters.</param>
    public static string Of(string text, string folded, string value, string key, TextMethod method, SqlQuery sql)
    {
        return method switch
        {
            // Indexes are on the folded texts. Equal texts have equal folded forms.
            TextMethod.Equals => folded == text ? Equal(text, key) : $"({Equal(folded, key)} and {Equal(text, value)})",
            TextMethod.EqualsIgnoreCase => Equal(folded, key),
            TextMethod.StartsWith => Like(text, $"{LikePattern.Escaped(value)}%"),
            TextMethod.StartsWithIgnoreCase => Like(folded, $"{LikePattern.Escaped(key)}%"),
            TextMethod.Contains => Like(text, $"%{LikePattern.Escaped(value)}%"),
            TextMethod.ContainsIgnoreCase => Like(folded, $"%{LikePattern.Escaped(key)}%"),
            TextMethod.EndsWith => Like(text, $"%{LikePattern.Escaped(value)}"),
            TextMethod.EndsWithIgnoreCase => Like(folded, $"%{LikePattern.Escaped(key)}"),
            _ => throw new NotSupportedException($"Text method {method} is not supported."),
        };

        string Equal(string what, string parameter) => $"{what} = {sql.Add(parameter)}";

        string Like(string what, string pattern) => $"{what} like {sql.Add(pattern)} escape '!'";
    }
}
