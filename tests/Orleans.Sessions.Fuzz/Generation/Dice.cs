namespace Orleans.Sessions.Fuzz.Generation;

/// <summary>Repeatable randomness: the same seed gives the same numbers on every machine (SplitMix64).</summary>
public sealed class Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    /// <summary>The dice for one action of a run. They do not depend on other actions.</summary>
    public static Dice Of(long seed, long index)
    {
        var dice = new Dice(unchecked((ulong)seed));
        dice._state = dice.Next() ^ unchecked((ulong)index * 0x9E3779B97F4A7C15);
        return new Dice(dice.Next());
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>Returns true with this probability.</summary>
    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>One of several choices. A higher weight makes a choice more frequent.</summary>
    public T Pick<T>(IReadOnlyList<(int Weight, T Choice)> choices)
    {
        var left = Below(choices.Sum(choice => choice.Weight));
        return choices.First(choice => (left -= choice.Weight) < 0).Choice;
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)Next();
        }

        return bytes;
    }

    /// <summary>A name that is unlikely to be repeated.</summary>
    public string Name(string prefix) => $"{prefix}-{Next():x16}";

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
