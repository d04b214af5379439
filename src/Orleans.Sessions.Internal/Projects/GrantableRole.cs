namespace Orleans.Sessions.Projects;

/// <summary>A role that an organization with a grant may give.</summary>
/// <param name="Key">The role.</param>
/// <param name="GrantedAt">Since when. What was given before the role was taken out of the grant does not count.</param>
[GenerateSerializer, Immutable, Alias("sessions.GrantableRole")]
public sealed record GrantableRole([property: Id(0)] string Key, [property: Id(1)] DateTimeOffset GrantedAt);
