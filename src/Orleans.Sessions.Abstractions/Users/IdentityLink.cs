namespace Orleans.Sessions;

/// <summary>A person at an external provider, as a user's link stores them.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="ExternalId">The person's id there (<c>sub</c>), 1 to 200 characters.</param>
/// <param name="ExternalName">The person's name there, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.IdentityLink")]
public sealed record IdentityLink(
    [property: Id(0)] string ProviderId,
    [property: Id(1)] string ExternalId,
    [property: Id(2)] string ExternalName
);
