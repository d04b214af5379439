namespace Orleans.Sessions.Sessions;

/// <summary>Something that subscribers such as relying parties must know: <c>session.terminated</c>, <c>session.expired</c>.</summary>
/// <param name="Type">The event's name.</param>
/// <param name="Reason">Why it happened.</param>
/// <param name="At">When it happened.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionEvent")]
internal sealed record SessionEvent(
    [property: Id(0)] string Type,
    [property: Id(1)] SessionEndReason Reason,
    [property: Id(2)] DateTimeOffset At
)
{
    /// <summary>The session was ended.</summary>
    public const string Terminated = "session.terminated";

    /// <summary>The session's lifetime is over.</summary>
    public const string Expired = "session.expired";

    /// <summary>Whether nobody is logged in with the session after this event.</summary>
    public static bool IsEnd(string type) => type is Terminated or Expired;
}
