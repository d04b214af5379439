namespace Orleans.Sessions;

/// <summary>
/// The one exception that crosses grain and gateway boundaries. It carries a row of <see cref="SessionErrors"/>
/// and nothing internal, because it is what the client gets to see.
/// </summary>
[GenerateSerializer, Alias("sessions.SessionException")]
public sealed class SessionException : Exception
{
    /// <summary>Fails with <paramref name="error"/>.</summary>
    public SessionException(SessionError error) : base(error?.Message) => Error = error!;

    /// <summary>The row of the error table.</summary>
    [Id(0)]
    public SessionError Error { get; private set; }

    /// <summary>For a failed password check: failures in a row, this one included. Sent as <c>CredentialsCheckError</c>.</summary>
    [Id(1)]
    public int? FailedAttempts { get; init; }

    /// <summary>
    /// How long the answer is to be held back (tarpit). The grain only says so: the gateway waits without
    /// holding a grain or a thread.
    /// </summary>
    [Id(2)]
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>When the caller may try again; sent as <c>Retry-After</c>, whole seconds.</summary>
    [Id(3)]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How old the last proof of a factor may be; sent as <c>max_age</c> of the challenge (RFC 9470), whole seconds.</summary>
    [Id(4)]
    public TimeSpan? MaxProofAge { get; init; }
}
