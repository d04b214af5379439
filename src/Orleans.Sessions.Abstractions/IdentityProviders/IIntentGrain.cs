namespace Orleans.Sessions;

/// <summary>
/// One login at an external provider, from sending the browser there to using the result (surroundings §5). Its key is
/// <see cref="GrainKeys.Intent"/>. It is void when the person does not come back within <c>Sessions:Intents:LoginLifetime</c>, and its result within
/// <c>Sessions:Intents:Lifetime</c>; its row is deleted later.
/// </summary>
[Alias("sessions.IIntentGrain")]
public interface IIntentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the login. Every identified caller may. Fails with <c>COMMAND-x8j3bk</c> or <c>COMMAND-x8j4bk</c> (success or failure URL), <c>COMMAND-39n221fs</c> (no such
    /// provider), <c>IDP-Upst1</c> (the provider's discovery document cannot be read), or <c>IDP-Start</c> (the id is used).
    /// </summary>
    [ResponseTimeout("00:00:45")]
    [Alias("Start")]
    Task<StartedIntent> StartAsync(StartIntent command);

    /// <summary>
    /// Takes what the provider sent the browser back with, finishes the login there, and says where the browser goes next: failures of the
    /// login go to the failure URL. Fails with <c>IDP-gy3ctgkqe7</c> when <see cref="IntentCallback.State"/> is not of a login that was started.
    /// </summary>
    [ResponseTimeout("00:00:45")]
    [Alias("Complete")]
    Task<IntentOutcome> CompleteAsync(IntentCallback callback);

    /// <summary>
    /// What the provider said. Every identified caller with the token may ask. Fails with <c>CRYPTO-…</c> (token), <c>IDP-nme4gszsvx</c> (used up) or
    /// <c>IDP-Afb2s</c> (expired).
    /// </summary>
    [Alias("Retrieve")]
    Task<RetrievedIntent> RetrieveAsync(string token);
}
