namespace Orleans.Sessions;

/// <summary>The state of a provider's record.</summary>
/// <param name="Sequence">The number of changes of the record, starting at 1.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="CreationDate">When it was created.</param>
/// <param name="ResourceOwner">The instance.</param>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProviderDetails")]
public sealed record IdentityProviderDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] DateTimeOffset CreationDate,
    [property: Id(3)] string ResourceOwner
);
