namespace Orleans.Sessions.Organizations;

/// <summary>An added organization.</summary>
internal sealed record StoredOrganization(string Id, string Name, DateTimeOffset CreatedAt);
