namespace Orleans.Sessions.Passwords;

/// <summary>
/// How fast this node really is: for each kind of hash a moving average of what it takes compared with the model (<see cref="HashCost"/>).
/// Not thread-safe.
/// </summary>
internal sealed class HashSpeed
{
    private const double Weight = 0.2;

    /// <summary>A single measurement is never believed further than this: the machine may have been asleep meanwhile.</summary>
    private const double MostOff = 16;

    private readonly Dictionary<string, double> _factors = [];

    /// <summary>How long a hash of this cost is expected to take.</summary>
    public TimeSpan Expect(HashCost cost) => cost.Time * _factors.GetValueOrDefault(cost.Kind, 1);

    /// <summary>A hash of this cost took so long.</summary>
    public void Learn(HashCost cost, TimeSpan took)
    {
        var measured = Math.Clamp(took / cost.Time, 1 / MostOff, MostOff);
        var known = _factors.GetValueOrDefault(cost.Kind, 1);
        _factors[cost.Kind] = known + (Weight * (measured - known));
    }
}
