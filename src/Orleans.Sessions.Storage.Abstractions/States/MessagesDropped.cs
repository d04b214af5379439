namespace Orleans.Sessions.States;

/// <summary>The waiting messages of the session or user that is written are no longer to be sent.</summary>
public sealed record MessagesDropped : StateEffect;
