using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Gateway.Saml;

/// <summary>How the SAML identity provider presents itself; configuration section <c>Sessions:Saml</c>.</summary>
public sealed class SamlProviderOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml";

    /// <summary>The login frontend's page for requests; absolute, or a path below the public origin; default: that of OpenID Connect.</summary>
    public string? LoginUri { get; set; }

    /// <summary>Whether all service providers must sign their requests, which the metadata say then. Default: those must whose registration says so.</summary>
    public bool RequireSignedRequests { get; set; }

    /// <summary>
    /// Whether service providers are also told an e-mail address that is not verified, in the attribute <c>Email</c>, with <c>EmailVerified</c> to tell it. For those only
    /// that do not take it for a proof of who it is. Default: no.
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
