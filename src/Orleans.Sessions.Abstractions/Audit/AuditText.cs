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

        return text.Length <= maxLength && !text.Contains('\\', StringComparison.Ordinal) && IsPlain(text) ? text : Escape(text, maxLength, isReversible: true);
    }

    /// <summary>The text as one line of a log: as <see cref="Clean"/>, but with backslashes as they are.</summary>
    public static string Line(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= maxLength && IsPlain(text) ? text : Escape(text, maxLength, isReversible: false);
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string Escape(string text, int maxLength, bool isReversible)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        for (var i = 0; i < text.Length && clean.Length < maxLength; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                i += rune.Utf16SequenceLength - 1;
                if (isReversible && rune.Value == '\\')
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
