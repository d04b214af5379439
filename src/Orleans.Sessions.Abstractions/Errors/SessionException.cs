namespace Orleans.Sessions;

/// <summary>
/// The only exception that crosses grain and gateway boundaries. It carries a row of <see cref="SessionErrors"/> and no internal details,
/// because the client sees it.
/// </summary>
[GenerateSerializer, Alias("sessions.SessionException")]
public sealed class SessionException : Exception
{
    /// <summary>Fails with <paramref name="error"/>.</summary>
    public SessionException(SessionError error)
        : base(error?.Message) => Error = error!;

    /// <summary>The row of the error table.</summary>
    [Id(0)]
    public SessionError Error { get; private set; }

    /// <summary>
    /// For a failed password check: the number of failures in a row, including this one. Sent as <c>CredentialsCheckError</c>.
    /// </summary>
    [Id(1)]
    public int? FailedAttempts { get; init; }

    /// <summary>
    /// How long the gateway holds back the answer, to slow down attackers (tarpit). The gateway waits, so that no grain and no thread is
    /// held meanwhile.
    /// </summary>
    [Id(2)]
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>How long the caller should wait before the next attempt. Sent as <c>Retry-After</c>, in whole seconds.</summary>
    [Id(3)]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The maximum age of the last proof of a factor. Sent as <c>max_age</c> of the challenge (RFC 9470), in whole seconds.
    /// </summary>
    [Id(4)]
    public TimeSpan? MaxProofAge { get; init; }

    /// <summary>
    /// The field that breaks the rule, if <see cref="Error"/> names several or if the value can be repeated. Sent as
    /// <c>google.rpc.BadRequest</c>.
    /// </summary>
    [Id(5)]
    public FieldFault? Fault { get; init; }

    /// <summary>The English text that the client receives, without the id: that of the error, and after a colon what was found.</summary>
    public string Text => Fault?.Found is { } found ? $"{Error.Text}: {found}" : Error.Text;

    /// <summary>The text, followed by the id in parentheses.</summary>
    public override string Message => (Error with { Text = Text }).Message;
}
