namespace Orleans.Sessions.States;

/// <summary>The user can administer the installation from now on.</summary>
public sealed record OwnerGained : StateEffect;
