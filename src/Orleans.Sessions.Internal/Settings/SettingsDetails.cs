namespace Orleans.Sessions;

/// <summary>When a group of settings was changed.</summary>
/// <param name="Sequence">The number of its changes, starting at 1.</param>
/// <param name="ChangeDate">The last change.</param>
/// <param name="CreationDate">The first change.</param>
/// <param name="ResourceOwner">The instance.</param>
[GenerateSerializer, Immutable, Alias("sessions.SettingsDetails")]
public sealed record SettingsDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] DateTimeOffset CreationDate,
    [property: Id(3)] string ResourceOwner
);
