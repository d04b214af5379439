using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Orleans.Sessions.Addresses;

/// <summary>Where this service may send people; configuration section <c>Sessions:ReturnAddresses</c>.</summary>
public sealed class ReturnAddressOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:ReturnAddresses";

    private const int MaxOrigins = 1000;

    /// <summary>Where the configuration names addresses of this service and of its login pages.</summary>
    private static readonly string[] s_ownAddresses = ["Origin:Public", "Notifications:LoginUrl", "Oidc:LoginUri", "Saml:LoginUri"];

    /// <summary>
    /// Origins (<c>https://app.example.com</c>) to which logins at providers may return and <c>urlTemplate</c> of messages may lead, for
    /// every caller. None: login frontends (role <c>IAM_LOGIN_CLIENT</c>) may name any https or loopback address. Other callers may name
    /// those of <c>Sessions:Origin:Public</c>, <c>Sessions:Notifications:LoginUrl</c>, <c>Sessions:Oidc:LoginUri</c> and
    /// <c>Sessions:Saml:LoginUri</c>, or, where none of these is configured, loopback. Set them on gateways too: organizations may put
    /// login pages of their applications there, and at those four.
    /// </summary>
    public IList<string> Origins { get; } = [];

    /// <summary>The configured origins of this service and of its login pages.</summary>
    internal IReadOnlyList<string> OwnOrigins { get; private set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Origins.Count > MaxOrigins)
        {
            yield return new ValidationResult($"{Section}:{nameof(Origins)} is limited to {MaxOrigins} entries.", [nameof(Origins)]);
        }

        for (var i = 0; i < Origins.Count; i++)
        {
            if (WebAddress.Parse(Origins[i]) is not { PathAndQuery: "/", Fragment: "" })
            {
                yield return new ValidationResult(
                    $"{Section}:{nameof(Origins)}:{i} must be an http or https origin: scheme, host and port only.",
                    [nameof(Origins)]
                );
            }
        }
    }

    /// <summary>Takes the origins that the configuration names elsewhere.</summary>
    /// <param name="sessions">The section <c>Sessions</c>.</param>
    internal void ReadOwnOrigins(IConfigurationSection sessions) =>
        OwnOrigins = [
            .. s_ownAddresses
                .Select(key => sessions[key])
                .OfType<string>()
                .Select(WebAddress.Parse)
                .OfType<Uri>()
                .Select(WebAddress.OriginOf)
                .Distinct(),
        ];
}
