namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>
/// A provider could not be reached, or its answer cannot be trusted. The message is for the log, never for a client; a client is told
/// <see cref="Error"/>.
/// </summary>
internal sealed class UpstreamException(string message, Exception? innerException = null, SessionError? error = null)
    : Exception(message, innerException)
{
    /// <summary>What login frontends are told: the cause by its kind.</summary>
    public SessionError Error { get; } = error ?? UpstreamCauses.Of(innerException);
}
