namespace Orleans.Sessions.Organizations;

/// <summary>An added organization.</summary>
public sealed record StoredOrganization(string Id, string Name, DateTimeOffset CreatedAt);
