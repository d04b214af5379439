namespace Orleans.Sessions.Storage;

/// <summary>The row of a state.</summary>
internal sealed record StateKey(StateTable Table, string Key);
