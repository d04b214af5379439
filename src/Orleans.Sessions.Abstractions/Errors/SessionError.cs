namespace Orleans.Sessions;

/// <summary>One row of the error table: what the client receives. Causes and stack traces stay in the log.</summary>
/// <param name="Id">The stable id that clients check for, such as <c>COMMAND-3M0fs</c>. Empty for the few errors that have no id.</param>
/// <param name="Code">The kind of failure.</param>
/// <param name="Text">The English text, without the id.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionError")]
public sealed record SessionError([property: Id(0)] string Id, [property: Id(1)] ErrorCode Code, [property: Id(2)] string Text)
{
    /// <summary>
    /// The message that the client receives: the text, followed by the id in parentheses. ZITADEL writes the parentheses even without an
    /// id, and its clients may compare the whole message.
    /// </summary>
    public string Message => $"{Text} ({Id})";
}
