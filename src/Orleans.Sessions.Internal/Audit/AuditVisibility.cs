namespace Orleans.Sessions.Audit;

/// <summary>
/// The events that a caller may see. A caller who may not see everything sees the events of their organizations and the events about
/// themselves.
/// </summary>
/// <param name="Everything">Whether the caller sees all events.</param>
/// <param name="UserId">The caller, who sees what they did and what was done to them. <c>null</c> if the caller is not a user.</param>
/// <param name="Organizations">The organizations whose events the caller sees.</param>
public sealed record AuditVisibility(bool Everything, string? UserId, IReadOnlyCollection<string> Organizations);
