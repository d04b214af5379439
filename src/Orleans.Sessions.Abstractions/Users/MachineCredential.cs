namespace Orleans.Sessions;

/// <summary>A personal access token or a key of a service, without its secret.</summary>
/// <param name="Id">The id.</param>
/// <param name="UserId">The user to whom it belongs.</param>
/// <param name="OrganizationId">The user's organization.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="ExpiresAt">When it expires; <c>null</c> if it never expires.</param>
[GenerateSerializer, Immutable, Alias("sessions.MachineCredential")]
public sealed record MachineCredential(
    [property: Id(0)] string Id,
    [property: Id(1)] string UserId,
    [property: Id(2)] string OrganizationId,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? ExpiresAt
);
