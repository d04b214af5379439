namespace Orleans.Sessions.Lockout;

/// <summary>Consecutive wrong answers from one source.</summary>
/// <param name="Source">A keyed hash of the address or device.</param>
/// <param name="Count">Their number.</param>
/// <param name="LastAt">When the last one came.</param>
internal sealed record SourceFailures(string Source, int Count, DateTimeOffset LastAt);
