using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Orleans.Sessions.Addresses;

/// <summary>Where this service may send people; configuration section <c>Sessions</c>.</summary>
public sealed class ReturnAddressOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    private const int MaxOrigins = 1000;

    /// <summary>The settings that contain addresses of this service and of its login pages.</summary>
    private static readonly string[] s_ownAddresses = ["PublicOrigin", "Notifications:LoginUrl", "Oidc:LoginUri", "Saml:LoginUri"];

    /// <summary>
    /// The origins (scheme, host and port) that logins at external providers may return to and that links in messages may lead to, for
    /// every caller. If there are none, login frontends may name any https or loopback address, and other callers the origins in
    /// <see cref="OwnOrigins"/>.
    /// </summary>
    public IList<string> ReturnOrigins { get; } = [];

    /// <summary>The configured origins of this service and of its login pages.</summary>
    internal IReadOnlyList<string> OwnOrigins { get; private set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReturnOrigins.Count > MaxOrigins)
        {
            yield return new ValidationResult($"{Section}:{nameof(ReturnOrigins)} is limited to {MaxOrigins} entries.", [nameof(ReturnOrigins)]);
        }

        for (var i = 0; i < ReturnOrigins.Count; i++)
        {
            if (WebAddress.Parse(ReturnOrigins[i]) is not { PathAndQuery: "/", Fragment: "" })
            {
                yield return new ValidationResult(
                    $"{Section}:{nameof(ReturnOrigins)}:{i} must be an http or https origin: scheme, host, and nothing behind.", [nameof(ReturnOrigins)]);
            }
        }
    }

    /// <summary>Reads the origins from the other settings of the section.</summary>
    internal void ReadOwnOrigins(IConfigurationSection sessions) => OwnOrigins =
        [.. s_ownAddresses.Select(key => sessions[key]).OfType<string>().Select(WebAddress.Parse).OfType<Uri>().Select(WebAddress.OriginOf).Distinct()];
}
