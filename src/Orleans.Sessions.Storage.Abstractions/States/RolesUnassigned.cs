namespace Orleans.Sessions.States;

/// <summary>An authorization is gone.</summary>
/// <param name="Id">Its id.</param>
public sealed record RolesUnassigned(string Id) : StateEffect;
