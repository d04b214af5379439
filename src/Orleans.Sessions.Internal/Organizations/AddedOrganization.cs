using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>An organization that was added.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Persons">The persons who were created with it, in the order of the command.</param>
[GenerateSerializer, Immutable, Alias("sessions.AddedOrganization")]
public sealed record AddedOrganization(
    [property: Id(0)] OrganizationView Organization,
    [property: Id(1)] ImmutableArray<AddedPerson> Persons
);
