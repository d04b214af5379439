namespace Orleans.Sessions;

/// <summary>An organization.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="CreatedAt">When the organization was added. For the default organization: the Unix epoch.</param>
/// <param name="IsDefault">Whether this is the default organization, to which users belong if no organization is named.</param>
[GenerateSerializer, Immutable, Alias("sessions.OrganizationView")]
public sealed record OrganizationView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] bool IsDefault
);
