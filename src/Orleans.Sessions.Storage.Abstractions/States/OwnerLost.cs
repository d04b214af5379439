namespace Orleans.Sessions.States;

/// <summary>The user can no longer administer the installation. The write fails if nobody else can.</summary>
public sealed record OwnerLost : StateEffect;
