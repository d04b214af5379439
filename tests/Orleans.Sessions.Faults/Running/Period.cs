namespace Orleans.Sessions.Faults.Running;

/// <summary>The time of one fault: from its beginning to the last question about it.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="From">When it began.</param>
/// <param name="Healed">When all was right again.</param>
/// <param name="Until">When everything about it had been asked.</param>
/// <param name="Recovery">How long after that the last node served again; <c>null</c>: one did not.</param>
public sealed record Period(string Fault, TimeSpan From, TimeSpan Healed, TimeSpan Until, TimeSpan? Recovery)
{
    public bool Has(TimeSpan at) => at >= From && at < Until;
}
