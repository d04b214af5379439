namespace Orleans.Sessions.States;

/// <summary>The user that is written has no authorizations any more.</summary>
public sealed record AllRolesUnassigned : StateEffect;
