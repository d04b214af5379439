using System.Globalization;
using System.Text;

namespace Orleans.Sessions.Audit;

/// <summary>Texts of strangers, made fit for a table and for a line of a log: short, and without anything that could begin another line.</summary>
public static class AuditText
{
    /// <summary>The most characters of a text that is kept.</summary>
    public const int MaxLength = 300;

    /// <summary>
    /// The text with control characters, line and paragraph separators, direction marks and lone surrogates written as <c>\uXXXX</c>, and cut after
    /// <paramref name="maxLength"/> characters; <c>null</c> when there is nothing left.
    /// </summary>
    public static string? Clean(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text.Length <= maxLength && IsClean(text) ? text : Escape(text, maxLength);
    }

    private static bool IsClean(string text)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or > '~' or '\\')
            {
                return false;
            }
        }

        return true;
    }

    private static string Escape(string text, int maxLength)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        for (var i = 0; i < text.Length && clean.Length < maxLength; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                i += rune.Utf16SequenceLength - 1;
                if (rune.Value == '\\')
                {
                    clean.Append(@"\\");
                    continue;
                }

                if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                {
                    clean.Append(rune.ToString());
                    continue;
                }

                foreach (var unit in rune.ToString())
                {
                    AppendCode(clean, unit);
                }

                continue;
            }

            AppendCode(clean, text[i]);
        }

        return clean.ToString();
    }

    private static void AppendCode(StringBuilder clean, char unit) => clean.Append(CultureInfo.InvariantCulture, $@"\u{(int)unit:x4}");
}
