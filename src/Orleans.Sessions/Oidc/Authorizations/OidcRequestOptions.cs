using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>
/// How long requests, codes and replaced refresh tokens of OpenID Connect work; configuration section <c>Sessions:Oidc:Requests</c>.
/// </summary>
public sealed class OidcRequestOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Requests";

    /// <summary>How long an authorization request waits for a login: 10 seconds to 1 day.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an authorization code works: 5 seconds to 10 minutes.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the refresh token before the current one is still honoured, for clients that use one token several times at once: 0 to 5
    /// minutes. They get the same successor again. 0: not at all.
    /// </summary>
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(10);

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
            (nameof(RefreshGrace), RefreshGrace >= TimeSpan.Zero && RefreshGrace <= TimeSpan.FromMinutes(5), "must be 0 to 5 minutes"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
