namespace Orleans.Sessions.Passwords;

/// <summary>
/// The real speed of this node: for each kind of hash a moving average of the measured time relative to the model (<see cref="HashCost"/>).
/// Not thread-safe.
/// </summary>
internal sealed class HashSpeed
{
    private const double Weight = 0.2;

    /// <summary>The largest factor taken from one measurement: the machine may have been suspended meanwhile.</summary>
    private const double MostOff = 16;

    private readonly Dictionary<string, double> _factors = [];

    /// <summary>The expected time for a hash of this cost.</summary>
    public TimeSpan Expect(HashCost cost) => cost.Time * _factors.GetValueOrDefault(cost.Kind, 1);

    /// <summary>Records the time that a hash of this cost took.</summary>
    public void Learn(HashCost cost, TimeSpan took)
    {
        var measured = Math.Clamp(took / cost.Time, 1 / MostOff, MostOff);
        var known = _factors.GetValueOrDefault(cost.Kind, 1);
        _factors[cost.Kind] = known + (Weight * (measured - known));
    }
}
