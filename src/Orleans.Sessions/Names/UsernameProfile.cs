using System.Globalization;
using System.Text;
using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Names;

/// <summary>
/// UsernameCaseMapped (RFC 8265 §3.3): which texts may be user names, and which names are the same. A name with an <c>@</c> is checked in
/// parts: the part before it, and each label of the domain, may have different scripts and directions, as in e-mail addresses.
/// </summary>
internal static class UsernameProfile
{
    private const int Sigma = 0x3A3,
        FinalSigma = 0x3C2;

    /// <summary>The name with wide and narrow forms mapped, and normalized; its case is unchanged.</summary>
    public static string Prepared(string text) =>
        Ascii.IsValid(text)
            ? text
            : Nfc.Of(
                string.Concat(Points(text).Select(point => char.ConvertFromUtf32(UnicodeTables.Widths.GetValueOrDefault(point, point))))
            );

    /// <summary>The common form of equal names: a prepared name in lower case.</summary>
    public static string Folded(string prepared)
    {
        // The runtime maps one code point to one code point; these two are the exceptions.
        var points = Points(prepared.Replace("\u0130", "i\u0307", StringComparison.Ordinal));
        return Nfc.Of(
            string.Concat(
                points.Select(
                    (point, at) =>
                        point == Sigma && IsLastOfWord(points, at)
                            ? char.ConvertFromUtf32(FinalSigma)
                            : Rune.ToLowerInvariant(new Rune(point)).ToString()
                )
            )
        );
    }

    /// <summary>The error of a folded name; <c>null</c> if it is valid.</summary>
    public static SessionError? Fault(string folded, NameRule rule)
    {
        if (folded.Split(' ').Contains(""))
        {
            return SessionErrors.UserNameCharacters;
        }

        foreach (var part in Parts(folded))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Points).ToList();
            if (words.Any(word => !Enumerable.Range(0, word.Count).All(at => MayStand(word, at))))
            {
                return SessionErrors.UserNameCharacters;
            }

            if (!words.All(word => BidiRule.Holds(Characters(word))))
            {
                return SessionErrors.UserNameDirections;
            }

            if (
                rule is NameRule.HighlyRestrictive or NameRule.ModeratelyRestrictive
                && !ScriptMixing.IsFine([.. words.SelectMany(word => word)], rule)
            )
            {
                return SessionErrors.UserNameScripts;
            }
        }

        return null;
    }

    private static IEnumerable<string> Parts(string name)
    {
        var parts = name.Split('@');
        return parts.Skip(1).SelectMany(domain => domain.Split('.')).Prepend(parts[0]);
    }

    private static bool MayStand(List<int> word, int at) => UnicodeTables.Names[word[at]] is not null && ContextRules.MayStand(word, at);

    private static List<NameCharacter> Characters(IEnumerable<int> word) => [.. word.Select(point => UnicodeTables.Names[point]!)];

    private static List<int> Points(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    /// <summary>Whether a letter comes before this one and none after it (Final_Sigma in The Unicode Standard, section 3.13).</summary>
    private static bool IsLastOfWord(List<int> points, int at) => IsLetter(points.Take(at).Reverse()) && !IsLetter(points.Skip(at + 1));

    private static bool IsLetter(IEnumerable<int> points) =>
        points
            .Select(point => CharUnicodeInfo.GetUnicodeCategory(point))
            .FirstOrDefault(category => category != UnicodeCategory.NonSpacingMark, UnicodeCategory.OtherNotAssigned)
            is UnicodeCategory.LowercaseLetter
                or UnicodeCategory.UppercaseLetter
                or UnicodeCategory.TitlecaseLetter;
}
