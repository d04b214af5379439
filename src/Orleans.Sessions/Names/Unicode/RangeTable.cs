namespace Orleans.Sessions.Names.Unicode;

/// <summary>A table of values for ranges of code points.</summary>
internal sealed class RangeTable<T>
{
    private readonly int[] _firsts;
    private readonly int[] _lasts;
    private readonly T[] _values;

    /// <summary>Builds the table from ranges in ascending order.</summary>
    public RangeTable(IReadOnlyCollection<(int First, int Last, T Value)> ranges)
    {
        _firsts = [.. ranges.Select(range => range.First)];
        _lasts = [.. ranges.Select(range => range.Last)];
        _values = [.. ranges.Select(range => range.Value)];
    }

    /// <summary>The value of a code point; the default value if the table has none.</summary>
    public T? this[int codePoint]
    {
        get
        {
            var index = Array.BinarySearch(_firsts, codePoint);
            index = index < 0 ? ~index - 1 : index;
            return index >= 0 && codePoint <= _lasts[index] ? _values[index] : default;
        }
    }
}
