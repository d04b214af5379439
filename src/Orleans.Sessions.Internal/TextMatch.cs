namespace Orleans.Sessions;

/// <summary>The contract's ways to compare texts, for lists in memory.</summary>
public static class TextMatch
{
    /// <summary>Whether <paramref name="text"/> matches.</summary>
    public static bool Is(string text, string value, TextMethod method)
    {
        var comparison = (int)method % 2 == 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return method switch
        {
            TextMethod.Equals or TextMethod.EqualsIgnoreCase => text.Equals(value, comparison),
            TextMethod.StartsWith or TextMethod.StartsWithIgnoreCase => text.StartsWith(value, comparison),
            TextMethod.Contains or TextMethod.ContainsIgnoreCase => text.Contains(value, comparison),
            _ => text.EndsWith(value, comparison),
        };
    }
}
