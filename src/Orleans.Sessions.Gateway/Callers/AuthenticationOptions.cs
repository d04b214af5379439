using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// OAuth2 issuers whose JWT access tokens are accepted for callers; configuration section <c>Sessions:Authentication</c>. <c>sub</c> is the
/// id of a user here, who gives the caller its roles.
/// </summary>
public sealed class AuthenticationOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Authentication";

    /// <summary>OAuth2/OIDC issuers whose JWT access tokens are accepted.</summary>
    public IList<TrustedIssuer> Issuers { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Issuers.All(issuer => Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out _)))
        {
            yield return new ValidationResult(
                $"{Section}:Issuers: every entry needs an Issuer that is an absolute URL.",
                [nameof(Issuers)]
            );
        }

        if (Issuers.DistinctBy(issuer => issuer.Issuer, StringComparer.Ordinal).Count() != Issuers.Count)
        {
            yield return new ValidationResult($"{Section}:Issuers: two entries have the same Issuer.", [nameof(Issuers)]);
        }
    }
}
