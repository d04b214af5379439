using Orleans.Sessions.Faults.Faults;

namespace Orleans.Sessions.Faults.Running;

/// <summary>The time of one fault, from its beginning to the last question about it.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When all questions about it had been asked.</param>
/// <param name="Recovery">The time from its end until the last node served again; <c>null</c> if a node did not.</param>
public sealed record Period(Fault Fault, TimeSpan From, TimeSpan Until, TimeSpan? Recovery)
{
    public bool Has(TimeSpan at) => at >= From && at < Until;
}
