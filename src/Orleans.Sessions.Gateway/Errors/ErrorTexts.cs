using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Orleans.Sessions.Gateway.Errors;

/// <summary>
/// The texts of errors in the language that a caller prefers (<c>Accept-Language</c>, RFC 9110 §12.5.4): German or English. Ids and codes
/// are the same in every language. Without the header, texts are English, as the contract has them.
/// </summary>
internal sealed class ErrorTexts
{
    private const int MaxHeader = 1000;

    private static readonly ErrorTexts s_english = new("en", FrozenDictionary<string, string>.Empty);
    private static readonly ErrorTexts s_german = new("de", GermanTexts.All);

    private readonly FrozenDictionary<string, string> _texts;

    private ErrorTexts(string language, FrozenDictionary<string, string> texts) => (Language, _texts) = (language, texts);

    /// <summary>The language, as <c>Content-Language</c> names it.</summary>
    public string Language { get; }

    /// <summary>The texts for a request.</summary>
    public static ErrorTexts Of(HttpRequest request)
    {
        var header = request.Headers.AcceptLanguage.ToString();
        if (header.Length is 0 or > MaxHeader || !StringWithQualityHeaderValue.TryParseList([header], out var wanted))
        {
            return s_english;
        }

        var known = wanted
            .Where(language => language.Quality is null or > 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Find(language.Value.ToString()))
            .OfType<ErrorTexts>();
        return known.FirstOrDefault(s_english);
    }

    /// <summary>The text of an error, without its id.</summary>
    public string TextOf(SessionError error) => _texts.GetValueOrDefault(error.Text, error.Text);

    private static ErrorTexts? Find(string language)
    {
        var first = language.Split('-')[0];
        return string.Equals(first, s_german.Language, StringComparison.OrdinalIgnoreCase) ? s_german
            : first == "*" || string.Equals(first, s_english.Language, StringComparison.OrdinalIgnoreCase) ? s_english
            : null;
    }
}
