namespace Orleans.Sessions;

/// <summary>The state of an intent.</summary>
/// <param name="Sequence">The number of changes of the intent, starting at 1.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="ResourceOwner">The instance.</param>
[GenerateSerializer, Immutable, Alias("sessions.IntentDetails")]
public sealed record IntentDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] string ResourceOwner
);
