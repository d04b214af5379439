using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Names;

/// <summary>Characters that names may have only in certain contexts (RFC 5892, Appendix A).</summary>
internal static class ContextRules
{
    private const int Virama = 9;

    /// <summary>Whether the character at this position is allowed there.</summary>
    public static bool MayStand(IReadOnlyList<int> points, int at) =>
        points[at] switch
        {
            // Zero width non-joiner and joiner: allowed where the script needs them and their effect is visible.
            0x200C => IsAfterVirama(points, at) || IsBetweenJoining(points, at),
            0x200D => IsAfterVirama(points, at),
            0xB7 => At(points, at - 1) == 'l' && At(points, at + 1) == 'l',
            0x375 => IsOf(At(points, at + 1), "Grek"),
            0x5F3 or 0x5F4 => IsOf(At(points, at - 1), "Hebr"),
            0x30FB => points.Any(point => point != 0x30FB && (IsOf(point, "Hira") || IsOf(point, "Kana") || IsOf(point, "Hani"))),
            >= 0x660 and <= 0x669 => !points.Any(point => point is >= 0x6F0 and <= 0x6F9),
            >= 0x6F0 and <= 0x6F9 => !points.Any(point => point is >= 0x660 and <= 0x669),
            _ => true,
        };

    private static int? At(IReadOnlyList<int> points, int index) => index >= 0 && index < points.Count ? points[index] : null;

    private static bool IsOf(int? point, string script) => point is { } some && UnicodeTables.Names[some]?.Scripts.Contains(script) == true;

    private static bool IsAfterVirama(IReadOnlyList<int> points, int at) =>
        at > 0 && UnicodeTables.CombiningClasses[points[at - 1]] == Virama;

    private static bool IsBetweenJoining(IReadOnlyList<int> points, int at) =>
        NextJoining(points, at, -1) is 'L' or 'D' && NextJoining(points, at, 1) is 'R' or 'D';

    private static char? NextJoining(IReadOnlyList<int> points, int at, int step)
    {
        for (at += step; at >= 0 && at < points.Count; at += step)
        {
            if (UnicodeTables.Names[points[at]]?.Joining is var joining && joining != 'T')
            {
                return joining;
            }
        }

        return null;
    }
}
