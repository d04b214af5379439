namespace Orleans.Sessions;

/// <summary>One row of the error table: what a client is told. Causes and stacks stay in the log.</summary>
/// <param name="Id">The stable id clients key on, such as <c>COMMAND-3M0fs</c>; may be empty where the contract has none.</param>
/// <param name="Code">The kind of failure.</param>
/// <param name="Text">The English text, without the id.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionError")]
public sealed record SessionError(
    [property: Id(0)] string Id,
    [property: Id(1)] ErrorCode Code,
    [property: Id(2)] string Text)
{
    /// <summary>The message as it goes over the wire: the text followed by the id in parentheses.</summary>
    public string Message => $"{Text} ({Id})";
}
