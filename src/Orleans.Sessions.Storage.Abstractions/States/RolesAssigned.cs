using Orleans.Sessions.Projects;

namespace Orleans.Sessions.States;

/// <summary>The user that is written has this authorization from now on. It replaces the row with the same id.</summary>
/// <param name="Assignment">The authorization.</param>
public sealed record RolesAssigned(RoleAssignment Assignment) : StateEffect;
