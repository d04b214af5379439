namespace Orleans.Sessions;

/// <summary>
/// One login at an external provider, from sending the browser there to using the result. Its key is <see cref="GrainKeys.Intent"/>. The
/// login expires if the person does not come back within <c>Sessions:Intents:LoginLifetime</c>. Its result expires if nobody uses it within
/// <c>Sessions:Intents:Lifetime</c>. The row is deleted later. Only two kinds of callers may use the result: the caller who started the
/// login (in the same session, if there was one), and login frontends. Any other caller gets <c>IDP-Strt1</c>.
/// </summary>
[Alias("sessions.IIntentGrain")]
public interface IIntentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the login. Every identified caller may do this. Fails with <c>COMMAND-x8j3bk</c> or <c>COMMAND-x8j4bk</c> (success or failure
    /// URL), <c>COMMAND-39n221fs</c> (no such provider), <c>IDP-Upst1</c> (the provider's discovery document cannot be read), or
    /// <c>IDP-Start</c> (the id is already used).
    /// </summary>
    [ResponseTimeout("00:00:45")]
    [Alias("Start")]
    Task<StartedIntent> StartAsync(Caller caller, StartIntent command);

    /// <summary>
    /// Begins the login in the browser that presents the ticket, if the login is bound to a browser. The login is bound to the first
    /// browser that begins. Fails with <c>IDP-gy3ctgkqe7</c> (ticket), <c>IDP-Sfrgs</c> (finished), <c>IDP-Exp1r</c> (too late) or
    /// <c>IDP-Brws1</c> (another browser was first).
    /// </summary>
    /// <param name="ticket">The last segment of the start address.</param>
    /// <param name="browser">The secret of this login that this browser has; <c>null</c> if it has no such secret.</param>
    [Alias("Begin")]
    Task<BegunIntent> BeginAsync(string ticket, string? browser);

    /// <summary>
    /// The header that has the token of a provider of the kind <see cref="ProviderKind.Jwt"/>; <c>null</c> if the login is at no such
    /// provider. Fails with <c>IDP-gy3ctgkqe7</c> if <paramref name="state"/> does not belong to a started login.
    /// </summary>
    [Alias("FindHeader")]
    Task<string?> FindHeaderAsync(string state);

    /// <summary>
    /// Takes the parameters with which the provider sent the browser back, finishes the login there, and returns where the browser goes
    /// next. A failed login goes to the failure URL. A callback from another browser goes there too, and changes nothing. The browser that
    /// has finished the login may come again before the login is used, and goes to the same URL. Fails with <c>IDP-gy3ctgkqe7</c> if
    /// <see cref="IntentCallback.State"/> does not belong to a started login.
    /// </summary>
    [ResponseTimeout("00:00:45")]
    [Alias("Complete")]
    Task<IntentOutcome> CompleteAsync(IntentCallback callback);

    /// <summary>
    /// The result of the provider. Fails with <c>CRYPTO-…</c> (token), <c>IDP-Strt1</c> (not for this caller), <c>IDP-nme4gszsvx</c>
    /// (already used) or <c>IDP-Afb2s</c> (expired).
    /// </summary>
    [Alias("Retrieve")]
    Task<RetrievedIntent> RetrieveAsync(Caller caller, string token);
}
