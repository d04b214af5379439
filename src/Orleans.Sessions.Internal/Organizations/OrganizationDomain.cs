namespace Orleans.Sessions;

/// <summary>A domain of an organization.</summary>
/// <param name="Name">The DNS name, in lower case.</param>
/// <param name="IsVerified">Whether the organization has proved that the domain is its own.</param>
/// <param name="IsPrimary">Whether this is the primary domain: the one that was verified first, of those that are left.</param>
/// <param name="Validation">How the domain is, or was, to be verified; <see cref="DomainValidation.Unspecified"/> if that is not
/// chosen.</param>
/// <param name="CreatedAt">When the domain was added.</param>
[GenerateSerializer, Immutable, Alias("sessions.OrganizationDomain")]
public sealed record OrganizationDomain(
    [property: Id(0)] string Name,
    [property: Id(1)] bool IsVerified,
    [property: Id(2)] bool IsPrimary,
    [property: Id(3)] DomainValidation Validation,
    [property: Id(4)] DateTimeOffset CreatedAt
);
