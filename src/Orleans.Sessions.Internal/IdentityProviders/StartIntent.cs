namespace Orleans.Sessions;

/// <summary>The command that starts a login at an external provider.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="SuccessUrl">Where the browser goes after a successful login, with the intent id and the token; at most 2048 characters. Its
/// origin must be registered (<c>Sessions:ReturnAddresses:Origins</c>). If no origin is registered, login frontends may name any https or
/// loopback address, and other callers may name addresses of this service and its login pages.</param>
/// <param name="FailureUrl">Where the browser goes after a failed login. The same rules apply.</param>
/// <param name="CallbackUrl">The address to which the provider sends the browser back: this service's callback, as the browser reaches
/// it.</param>
/// <param name="StartUrl">Where the browser begins if the login is bound to a browser: this service's start address, ending with a slash.
/// <c>null</c> if the login is bound to no browser.</param>
/// <param name="BindToBrowser">Whether only the browser that begins the login may finish it. <c>null</c> takes the setting
/// <c>Sessions:Intents:BindToBrowser</c>.</param>
[GenerateSerializer, Immutable, Alias("sessions.StartIntent")]
public sealed record StartIntent(
    [property: Id(0)] string ProviderId,
    [property: Id(1)] string SuccessUrl,
    [property: Id(2)] string FailureUrl,
    [property: Id(3)] string CallbackUrl,
    [property: Id(4)] string? StartUrl = null,
    [property: Id(5)] bool? BindToBrowser = null
)
{
    /// <summary>Who probably logs in, at most 200 characters. The provider gets it as <c>login_hint</c>. <c>null</c>: unknown.</summary>
    [Id(6)]
    public string? LoginHint { get; init; }
}
