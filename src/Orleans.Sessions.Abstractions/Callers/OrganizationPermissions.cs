namespace Orleans.Sessions;

/// <summary>What a caller may do to things of one organization.</summary>
[GenerateSerializer, Immutable, Alias("sessions.OrganizationPermissions")]
public sealed record OrganizationPermissions([property: Id(0)] string OrganizationId, [property: Id(1)] Permission Permissions);
