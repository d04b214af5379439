namespace Orleans.Sessions;

/// <summary>The state of a user's record.</summary>
/// <param name="Sequence">The number of changes of the record, starting at 1. A login is not a change.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="OrganizationId">The organization it belongs to.</param>
/// <param name="CreationDate">When it was created.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserDetails")]
public sealed record UserDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] string OrganizationId,
    [property: Id(3)] DateTimeOffset CreationDate
);
