using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Gateway.Saml;

/// <summary>Options of the SAML identity provider; configuration section <c>Sessions:Saml</c>.</summary>
public sealed class SamlProviderOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml";

    /// <summary>
    /// The login frontend's page for requests: an absolute URL, or a path below the public origin. Default: the page of OpenID Connect.
    /// </summary>
    public string? LoginUri { get; set; }

    /// <summary>
    /// Whether all service providers must sign their requests; the metadata then say so. By default only those must whose registration
    /// requires it.
    /// </summary>
    public bool RequireSignedRequests { get; set; }

    /// <summary>
    /// Whether service providers also get an unverified e-mail address, in the attribute <c>Email</c>, with <c>EmailVerified</c> to mark
    /// it. Use it only if they do not treat the address as proof of identity. Default: no.
    /// </summary>
    public bool SendUnverifiedEmail { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LoginUri is { } text && !text.StartsWith('/') && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal)))
        {
            yield return new ValidationResult($"{Section}:LoginUri must be an absolute URL or a path.", [nameof(LoginUri)]);
        }
    }
}
