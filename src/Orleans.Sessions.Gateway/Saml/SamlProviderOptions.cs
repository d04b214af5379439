using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Gateway.Logins;

namespace Orleans.Sessions.Gateway.Saml;

/// <summary>Options of the SAML identity provider; configuration section <c>Sessions:Saml</c>.</summary>
public sealed class SamlProviderOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml";

    /// <summary>
    /// The login frontend's page for SAML requests: absolute, or a path below the public origin. None: <c>Sessions:Oidc:LoginUri</c>.
    /// </summary>
    public string? LoginUri { get; set; }

    /// <summary>
    /// Whether every service provider must sign its requests. The metadata state this. If false, a service provider must sign if its
    /// registration or its metadata say so.
    /// </summary>
    public bool RequireSignedRequests { get; set; }

    /// <summary>
    /// Whether the attribute <c>Email</c> is also sent for addresses that are not verified, with <c>EmailVerified</c> <c>false</c>. Only
    /// for service providers that do not take it for a proof of who the person is.
    /// </summary>
    public bool SendUnverifiedEmail { get; set; }

    /// <summary>
    /// Whether requests for which no page may be shown (<c>IsPassive</c>) go to the login frontend too, with the parameter
    /// <c>passive=true</c>. It must then hand over a session that it knows, or refuse the request, without asking the person. If false,
    /// such requests are answered <c>NoPassive</c>.
    /// </summary>
    public bool ForwardPassive { get; set; }

    /// <summary>
    /// How long a copy of the metadata is valid (<c>validUntil</c>): 1 to 3650 days. None: without end. How often service providers should
    /// look again, the metadata tell in any case.
    /// </summary>
    public TimeSpan? MetadataLifetime { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MetadataLifetime < TimeSpan.FromDays(1) || MetadataLifetime > TimeSpan.FromDays(3650))
        {
            yield return new ValidationResult($"{Section}:MetadataLifetime must be 1 to 3650 days.", [nameof(MetadataLifetime)]);
        }

        if (LoginUri is not null && !LoginPages.IsPage(LoginUri))
        {
            yield return new ValidationResult($"{Section}:LoginUri must be an absolute URL or a path.", [nameof(LoginUri)]);
        }
    }
}
