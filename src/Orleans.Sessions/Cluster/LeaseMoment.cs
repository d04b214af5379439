namespace Orleans.Sessions.Cluster;

/// <summary>A moment by both clocks.</summary>
public readonly record struct LeaseMoment(long Timestamp, DateTimeOffset Time);
