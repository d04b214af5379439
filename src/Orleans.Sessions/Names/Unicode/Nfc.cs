namespace Orleans.Sessions.Names.Unicode;

/// <summary>Normalization Form C (UAX #15): the same text always has the same code points.</summary>
internal static class Nfc
{
    // Hangul syllables are composed by arithmetic (The Unicode Standard, section 3.12).
    private const int SyllableBase = 0xAC00,
        LeadBase = 0x1100,
        VowelBase = 0x1161,
        TrailBase = 0x11A7;
    private const int Leads = 19,
        Vowels = 21,
        Trails = 28,
        Syllables = Leads * Vowels * Trails;

    /// <summary>The normalized form of <paramref name="text"/>, which must not contain half a surrogate pair.</summary>
    public static string Of(string text)
    {
        // Text below the first combining mark is already normalized.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF'))
        {
            return text;
        }

        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Order(points);
        Compose(points);
        return string.Concat(points.Select(char.ConvertFromUtf32));
    }

    private static void Decompose(int point, List<int> points)
    {
        if (point is >= SyllableBase and < SyllableBase + Syllables)
        {
            var syllable = point - SyllableBase;
            points.Add(LeadBase + (syllable / (Vowels * Trails)));
            points.Add(VowelBase + (syllable % (Vowels * Trails) / Trails));
            if (syllable % Trails is > 0 and var trail)
            {
                points.Add(TrailBase + trail);
            }
        }
        else if (UnicodeTables.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, points);
            }
        }
        else
        {
            points.Add(point);
        }
    }

    /// <summary>Sorts the marks of each character by their class; marks of one class keep their order.</summary>
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; )
        {
            var end = start + 1;
            while (end < points.Count && UnicodeTables.CombiningClasses[points[end]] != 0)
            {
                end++;
            }

            // The first code point has class 0, except possibly at the beginning of the text, where a mark belongs to no character.
            var sorted = points[start..end].OrderBy(point => UnicodeTables.CombiningClasses[point]).ToList();
            for (var i = 0; i < sorted.Count; i++)
            {
                points[start + i] = sorted[i];
            }

            start = end;
        }
    }

    private static void Compose(List<int> points)
    {
        int? starter = null;
        var (kept, lastClass) = (0, -1);
        foreach (var point in points.ToArray())
        {
            var combiningClass = UnicodeTables.CombiningClasses[point];
            // No mark of the same or a higher class may be between the two.
            if (starter is { } at && (lastClass == -1 || lastClass < combiningClass) && Composed(points[at], point) is { } composed)
            {
                points[at] = composed;
                continue;
            }

            (starter, lastClass) = combiningClass == 0 ? (kept, -1) : (starter, combiningClass);
            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private static int? Composed(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
        {
            return SyllableBase + ((((first - LeadBase) * Vowels) + (second - VowelBase)) * Trails);
        }

        if (
            first is >= SyllableBase and < SyllableBase + Syllables
            && (first - SyllableBase) % Trails == 0
            && second is > TrailBase and < TrailBase + Trails
        )
        {
            return first + (second - TrailBase);
        }

        return UnicodeTables.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }
}
