using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>The header <c>Prefer: count=exact</c> (RFC 7240), with which a client asks for an exact total.</summary>
internal static class CountPreference
{
    private const string Name = "count";
    private const string Exact = "exact";

    /// <summary>Whether the request has the preference. Of several preferences of one name the first counts; others are ignored.</summary>
    public static bool IsExact(HttpRequest request)
    {
        var given = request.Headers["Prefer"];
        return given.Count > 0
            && given
                .SelectMany(header => Split(header ?? "", ','))
                .Select(preference => Split(preference, ';').First().Split('=', 2, StringSplitOptions.TrimEntries))
                .FirstOrDefault(preference => preference[0].Equals(Name, StringComparison.OrdinalIgnoreCase))
                is [_, var value]
            && value.Trim('"').Equals(Exact, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Tells the client that its preference was followed.</summary>
    public static void Confirm(HttpResponse response) => response.Headers["Preference-Applied"] = $"{Name}={Exact}";

    /// <summary>Splits a text at a separator that is not in quotes.</summary>
    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when isQuoted:
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case var character when character == separator && !isQuoted:
                    yield return text[start..i];
                    start = i + 1;
                    break;
            }
        }

        yield return text[start..];
    }
}
