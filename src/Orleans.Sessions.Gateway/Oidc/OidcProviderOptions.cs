using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>Options of the OpenID Connect provider; configuration section <c>Sessions:Oidc</c>.</summary>
public sealed class OidcProviderOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc";

    /// <summary>
    /// The login frontend's page for requests: absolute, or a path below the issuer. Its neighbours <c>device</c> and <c>logout</c> are
    /// used too.
    /// </summary>
    public string LoginUri { get; set; } = "/ui/v2/login/login";

    /// <summary>
    /// Whether confidential clients must use PKCE, unless their own <c>RequirePkce</c> says otherwise. Public clients always must.
    /// </summary>
    public bool RequirePkce { get; set; }

    /// <summary>
    /// Whether a request with a value of <c>prompt</c> that is not known is refused. Otherwise the value is ignored, as in ZITADEL.
    /// </summary>
    public bool StrictPrompts { get; set; }

    /// <summary>
    /// Whether applications may register themselves as clients (RFC 7591), each with an initial access token that an administrator makes.
    /// </summary>
    public bool AllowRegistration { get; set; }

    /// <summary>
    /// Whether applications may watch in the browser whether the person is still signed in (OpenID Connect Session Management 1.0). After a
    /// login the browser then comes by this service for a cookie. Many browsers hide that cookie from applications of other sites.
    /// </summary>
    public bool SessionManagement { get; set; }

    /// <summary>How long access tokens live: up to 1 day.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long id tokens live: up to 1 day.</summary>
    public TimeSpan IdTokenLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a refresh token lives unused.</summary>
    public TimeSpan RefreshTokenIdle { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the refresh tokens of a login live altogether.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a pushed request lives: up to 1 hour.</summary>
    public TimeSpan PushedRequestLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a device waits for somebody to let it in: up to 1 hour.</summary>
    public TimeSpan DeviceCodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a device has to wait between two questions: up to 1 minute.</summary>
    public TimeSpan DevicePollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether all JWT access tokens have the type <c>JWT</c> in their header, as ZITADEL's have, instead of <c>at+jwt</c> (RFC 9068).
    /// </summary>
    public bool PlainJwt { get; set; }

    /// <summary>
    /// How long the signed assertions may live with which service accounts get tokens (RFC 7523): up to 30 days. A stolen assertion is good
    /// for as long.
    /// </summary>
    public TimeSpan ServiceAssertionLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether a client's requests must use PKCE.</summary>
    internal bool DemandsPkce(OidcClient client) =>
        client.Authentication == ClientAuthentication.None || client.IsFapi() || (client.RequirePkce ?? RequirePkce);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!LoginPages.IsPage(LoginUri))
        {
            yield return new ValidationResult($"{Section}:LoginUri must be an absolute URL or a path.", [nameof(LoginUri)]);
        }

        (string Key, TimeSpan Value, TimeSpan Most)[] durations =
        [
            (nameof(AccessTokenLifetime), AccessTokenLifetime, TimeSpan.FromDays(1)),
            (nameof(IdTokenLifetime), IdTokenLifetime, TimeSpan.FromDays(1)),
            (nameof(RefreshTokenIdle), RefreshTokenIdle, TimeSpan.FromDays(3650)),
            (nameof(RefreshTokenLifetime), RefreshTokenLifetime, TimeSpan.FromDays(3650)),
            (nameof(PushedRequestLifetime), PushedRequestLifetime, TimeSpan.FromHours(1)),
            (nameof(DeviceCodeLifetime), DeviceCodeLifetime, TimeSpan.FromHours(1)),
            (nameof(DevicePollInterval), DevicePollInterval, TimeSpan.FromMinutes(1)),
            (nameof(ServiceAssertionLifetime), ServiceAssertionLifetime, TimeSpan.FromDays(30)),
        ];
        foreach (var (key, value, most) in durations.Where(entry => entry.Value < TimeSpan.FromSeconds(1) || entry.Value > entry.Most))
        {
            yield return new ValidationResult($"{Section}:{key} must be 1 second to {most}, not {value}.", [key]);
        }
    }
}
