namespace Orleans.Sessions;

/// <summary>
/// One login at an external provider, from sending the browser there to using the result. Its key is <see cref="GrainKeys.Intent"/>. It is void when the person
/// does not come back within <c>Sessions:Intents:LoginLifetime</c>, and its result within <c>Sessions:Intents:Lifetime</c>; its row is deleted later. Its result is
/// for who started it, in the same session if there was one, and for login frontends: <c>IDP-Strt1</c> for anybody else.
/// </summary>
[Alias("sessions.IIntentGrain")]
public interface IIntentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the login. Every identified caller may. Fails with <c>COMMAND-x8j3bk</c> or <c>COMMAND-x8j4bk</c> (success or failure URL),
    /// <c>COMMAND-39n221fs</c> (no such provider), <c>IDP-Upst1</c> (the provider's discovery document cannot be read), or <c>IDP-Start</c> (the id is used).
    /// </summary>
    [ResponseTimeout("00:00:45")]
    [Alias("Start")]
    Task<StartedIntent> StartAsync(Caller caller, StartIntent command);

    /// <summary>
    /// Begins, in the browser that has come with the ticket of a login that is bound to one: the first browser is the one. Fails with
    /// <c>IDP-gy3ctgkqe7</c> (ticket), <c>IDP-Sfrgs</c> (finished), <c>IDP-Exp1r</c> (too late) or <c>IDP-Brws1</c> (another browser was first).
    /// </summary>
    /// <param name="ticket">What the start address ends with.</param>
    /// <param name="browser">The secret that this browser has of this login; <c>null</c>: none.</param>
    [Alias("Begin")]
    Task<BegunIntent> BeginAsync(string ticket, string? browser);

    /// <summary>
    /// Takes what the provider sent the browser back with, finishes the login there, and says where the browser goes next: failures of the
    /// login go to the failure URL, another browser's included, which changes nothing. Fails with <c>IDP-gy3ctgkqe7</c> when <see cref="IntentCallback.State"/> is
    /// not of a login that was started.
    /// </summary>
    [ResponseTimeout("00:00:45")]
    [Alias("Complete")]
    Task<IntentOutcome> CompleteAsync(IntentCallback callback);

    /// <summary>
    /// What the provider said. Fails with <c>CRYPTO-…</c> (token), <c>IDP-Strt1</c> (not for this caller), <c>IDP-nme4gszsvx</c> (used up) or
    /// <c>IDP-Afb2s</c> (expired).
    /// </summary>
    [Alias("Retrieve")]
    Task<RetrievedIntent> RetrieveAsync(Caller caller, string token);
}
