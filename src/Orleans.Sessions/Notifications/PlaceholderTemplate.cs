using System.Text;

namespace Orleans.Sessions.Notifications;

/// <summary>
/// Text with placeholders such as <c>{{.Code}}</c>; whitespace inside the braces is allowed. This is the part of Go's <c>text/template</c>
/// that links and messages need. Any other text between braces is refused.
/// </summary>
internal sealed class PlaceholderTemplate
{
    private readonly List<(string Text, string? Field)> _parts;

    private PlaceholderTemplate(List<(string Text, string? Field)> parts) => _parts = parts;

    /// <summary>
    /// Parses a template. Fails with <c>DOMAIN-oGh5e</c> if it is malformed, and with <paramref name="unknown"/> (default:
    /// <c>DOMAIN-ieYa7</c>) if it uses a field that is not among <paramref name="fields"/>.
    /// </summary>
    public static PlaceholderTemplate Parse(string text, IReadOnlyCollection<string> fields, SessionError? unknown = null)
    {
        var parts = new List<(string Text, string? Field)>();
        for (var at = 0; at < text.Length; )
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0)
            {
                parts.Add((text[at..], null));
                break;
            }

            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            var name = close < 0 ? "" : text[(open + 2)..close].Trim();
            if (name.Length < 2 || name[0] != '.' || !IsField(name.AsSpan(1)))
            {
                throw new SessionException(SessionErrors.UrlTemplateInvalid);
            }

            parts.Add((text[at..open], name[1..]));
            at = close + 2;
        }

        return parts.All(part => part.Field is null || fields.Contains(part.Field))
            ? new PlaceholderTemplate(parts)
            : throw new SessionException(unknown ?? SessionErrors.UrlTemplateFieldUnknown);
    }

    /// <summary>The text with the values inserted; <paramref name="encode"/> escapes each value for the kind of text.</summary>
    public string Render(IReadOnlyDictionary<string, string> values, Func<string, string> encode)
    {
        var result = new StringBuilder();
        foreach (var (text, field) in _parts)
        {
            result.Append(text);
            if (field is not null)
            {
                result.Append(encode(values[field]));
            }
        }

        return result.ToString();
    }

    /// <summary>Whether this is the name of a field: letters and digits, not beginning with a digit.</summary>
    private static bool IsField(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(name[0]);
    }
}
