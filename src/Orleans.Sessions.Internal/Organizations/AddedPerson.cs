namespace Orleans.Sessions;

/// <summary>A person who was created as an organization's first administrator.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Change">The result of the creation, with the codes that the command asked to return.</param>
[GenerateSerializer, Immutable, Alias("sessions.AddedPerson")]
public sealed record AddedPerson([property: Id(0)] string UserId, [property: Id(1)] UserChange Change);
