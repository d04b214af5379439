using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>How long requests and codes of OpenID Connect wait; configuration section <c>Sessions:Oidc:Requests</c>.</summary>
public sealed class OidcRequestOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Requests";

    /// <summary>How long an authorization request waits for a login: 10 seconds to 1 day.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an authorization code works: 5 seconds to 10 minutes.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(Lifetime), Lifetime >= TimeSpan.FromSeconds(10) && Lifetime <= TimeSpan.FromDays(1), "must be 10 seconds to 1 day"),
            (
                nameof(CodeLifetime),
                CodeLifetime >= TimeSpan.FromSeconds(5) && CodeLifetime <= TimeSpan.FromMinutes(10),
                "must be 5 seconds to 10 minutes"
            ),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
