using System.Text;
using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Names;

/// <summary>Which scripts may be mixed (UTS #39 §5): a letter of one script often looks like a letter of another.</summary>
internal static class ScriptMixing
{
    /// <summary>The scripts in common use (UAX #31, table 5) except Cyrillic and Greek, whose letters look like Latin ones.</summary>
    private static readonly HashSet<string> s_recommended =
    [
        "Arab",
        "Armn",
        "Beng",
        "Bopo",
        "Deva",
        "Ethi",
        "Geor",
        "Gujr",
        "Guru",
        "Hang",
        "Hani",
        "Hebr",
        "Hira",
        "Kana",
        "Khmr",
        "Knda",
        "Laoo",
        "Mlym",
        "Mymr",
        "Orya",
        "Sinh",
        "Taml",
        "Telu",
        "Thaa",
        "Thai",
        "Tibt",
    ];

    /// <summary>Whether the characters of a name follow the rule.</summary>
    public static bool IsFine(IReadOnlyCollection<int> points, NameRule rule)
    {
        // Digits of different scripts also look alike.
        if (
            points
                .Select(point => new Rune(point))
                .Where(Rune.IsDigit)
                .Select(digit => digit.Value - (int)Rune.GetNumericValue(digit))
                .Distinct()
                .Count() > 1
        )
        {
            return false;
        }

        var all = points
            .Select(point => UnicodeTables.Names[point]!.Scripts)
            .Where(scripts => scripts.Count > 0)
            .Select(Augmented)
            .ToList();
        if (Common(all).Any)
        {
            return true;
        }

        // Latin together with one other writing system.
        var others = Common(all.Where(scripts => !scripts.Contains("Latn")));
        return others.Scripts.Any(script =>
            script is "Jpan" or "Hanb" or "Kore" || (rule == NameRule.ModeratelyRestrictive && s_recommended.Contains(script))
        );
    }

    private static (bool Any, IReadOnlyCollection<string> Scripts) Common(IEnumerable<HashSet<string>> sets)
    {
        HashSet<string>? common = null;
        foreach (var scripts in sets)
        {
            common = common is null ? [.. scripts] : [.. common.Intersect(scripts)];
        }

        return (common is null or { Count: > 0 }, common ?? []);
    }

    /// <summary>Adds the writing systems that use several scripts (UTS #39 §5.1): Chinese with Bopomofo, Japanese, Korean.</summary>
    private static HashSet<string> Augmented(IReadOnlyList<string> scripts)
    {
        var all = new HashSet<string>(scripts);
        foreach (var script in scripts)
        {
            all.UnionWith(
                script switch
                {
                    "Hani" => ["Hanb", "Jpan", "Kore"],
                    "Hira" or "Kana" => ["Jpan"],
                    "Hang" => ["Kore"],
                    "Bopo" => ["Hanb"],
                    _ => Array.Empty<string>(),
                }
            );
        }

        return all;
    }
}
