using System.Globalization;
using System.Text;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Makes texts of unknown origin safe for a table and for a line of a log: they become short, and cannot begin a new line.
/// </summary>
public static class AuditText
{
    /// <summary>The maximum length of a text that is kept, in characters.</summary>
    public const int MaxLength = 300;

    /// <summary>
    /// The text, cut after <paramref name="maxLength"/> characters. Control characters, line and paragraph separators, direction marks and
    /// lone surrogates are written as <c>\uXXXX</c>. <c>null</c> if the text is empty.
    /// </summary>
    public static string? Clean(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text.Length <= maxLength && !text.Contains('\\', StringComparison.Ordinal) && IsPlain(text)
            ? text
            : Escape(text, maxLength, isReversible: true);
    }

    /// <summary>The text as one line of a log. Like <see cref="Clean"/>, but backslashes stay as they are.</summary>
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

                if (
                    Rune.GetUnicodeCategory(rune)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                    )
                )
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
