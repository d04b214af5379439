namespace Orleans.Sessions;

/// <summary>The state of a session's record after a change.</summary>
/// <param name="Sequence">The number of events that the session has had.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="ResourceOwner">The id of this instance of the service.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionDetails")]
public sealed record SessionDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] string ResourceOwner
);
