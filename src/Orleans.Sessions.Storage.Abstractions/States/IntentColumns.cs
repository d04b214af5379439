namespace Orleans.Sessions.States;

/// <summary>The columns of logins at external providers.</summary>
/// <param name="GoneAt">When the row is deleted.</param>
public sealed record IntentColumns(DateTimeOffset GoneAt) : StateColumns;
