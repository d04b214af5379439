using System.Collections.Frozen;
using System.Globalization;

namespace Orleans.Sessions.Names.Unicode;

/// <summary>
/// The part of the Unicode Character Database that names need (<c>Unicode.txt</c>). The runtime has no script data. This service runs in
/// the runtime's invariant mode, so that it needs no ICU, and in that mode the runtime does not normalize.
/// </summary>
internal static class UnicodeTables
{
    private static readonly FrozenDictionary<string, string[]> s_sections = Read();

    /// <summary>The characters allowed in names by the IdentifierClass of RFC 8264, some of them only in certain contexts.</summary>
    public static readonly RangeTable<NameCharacter> Names = Ranges("names", fields => new NameCharacter(
        fields[1] is "Zyyy" or "Zinh" ? [] : fields[1].Split(','),
        fields[2],
        fields[3][0]
    ));

    /// <summary>The characters that wide and narrow forms map to.</summary>
    public static readonly FrozenDictionary<int, int> Widths = Lines("width")
        .ToFrozenDictionary(fields => Hex(fields[0]), fields => Hex(fields[1]));

    /// <summary>
    /// Characters that one sees: no spaces, controls, formats, ones that are ignored when text is shown, blank ones, and ones that nobody
    /// has assigned.
    /// </summary>
    public static readonly RangeTable<bool> Visible = Ranges("visible", _ => true);

    /// <summary>Canonical combining classes other than 0.</summary>
    public static readonly RangeTable<int> CombiningClasses = Ranges("combining", fields =>
        int.Parse(fields[1], CultureInfo.InvariantCulture)
    );

    /// <summary>Canonical decompositions, one step each, without Hangul.</summary>
    public static readonly FrozenDictionary<int, int[]> Decompositions = Lines("canonical")
        .ToFrozenDictionary(fields => Hex(fields[0]), fields => fields[1..].Select(Hex).ToArray());

    /// <summary>Canonical compositions, without Hangul.</summary>
    public static readonly FrozenDictionary<(int First, int Second), int> Compositions = Lines("canonical")
        .Where(fields => fields[1][0] != '!')
        .ToFrozenDictionary(fields => (Hex(fields[1]), Hex(fields[2])), fields => Hex(fields[0]));

    private static RangeTable<T> Ranges<T>(string section, Func<string[], T> value) =>
        new([
            .. Lines(section).Select(fields => fields[0].Split('-') is var ends ? (Hex(ends[0]), Hex(ends[^1]), value(fields)) : default),
        ]);

    private static IEnumerable<string[]> Lines(string section) => s_sections[section].Select(line => line.Split(' '));

    private static int Hex(string text) => int.Parse(text.AsSpan().TrimStart('!'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static FrozenDictionary<string, string[]> Read()
    {
        using var stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream("Orleans.Sessions.Names.Unicode.Unicode.txt")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split("\n[")[1..]
            .ToFrozenDictionary(
                section => section[..section.IndexOf(']', StringComparison.Ordinal)],
                section => section.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]
            );
    }
}
