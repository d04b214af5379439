namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>One of OpenIddict's own checks of requests (see <see cref="OidcChecks"/>).</summary>
/// <param name="Handler">OpenIddict's handler.</param>
/// <param name="IsOn">Whether the handler runs. Most of those that run also have a condition, such as a parameter that is there.</param>
/// <param name="Why">Why it is on, or who checks this in its place.</param>
internal sealed record OidcCheck(Type Handler, bool IsOn, string Why);
