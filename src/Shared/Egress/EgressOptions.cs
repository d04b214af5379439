using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Orleans.Sessions.Egress;

/// <summary>
/// What this service connects to by itself; configuration section <c>Sessions:Egress</c>. What the configuration itself names (issuers,
/// webhooks, clients' <c>BackChannelLogoutUri</c>) may be called at that host and port.
/// </summary>
internal sealed class EgressOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Egress";

    /// <summary>The configuration keys that name services to call: a value, or a member of each entry of a list.</summary>
    private static readonly (string Key, string? Member)[] s_services =
    [
        ("IdentityProviders", "Issuer"),
        ("IdentityProviders", "TokenEndpoint"),
        ("IdentityProviders", "UserEndpoint"),
        ("IdentityProviders", "KeysEndpoint"),
        ("Authentication:Issuers", "Issuer"),
        ("Oidc:Clients", "BackChannelLogoutUri"),
        ("Oidc:Clients", "JwksUri"),
        ("Notifications:EmailWebhook:Url", null),
        ("Notifications:SmsWebhook:Url", null),
        ("Notifications:Twilio:Api", null),
        ("BreachedPasswords:Url", null),
        ("WebAuthn:Metadata:Url", null),
    ];

    /// <summary>
    /// Addresses, networks (<c>10.0.0.0/8</c>) and host names that this service may call although they are not of the public internet:
    /// providers, keys and back-channel logout of clients, metadata of service providers, and domains of organizations, that were added by
    /// the API. Names also without TLS.
    /// </summary>
    public IList<string> Allowed { get; } = [];

    /// <summary>
    /// Whether services on this machine may be called. None: only while <c>Sessions:Origin:Public</c> is not set or is loopback.
    /// </summary>
    public bool? AllowLoopback { get; set; }

    /// <summary>The services that other sections of the configuration name. The operator has chosen them, so they may be called.</summary>
    internal IReadOnlySet<(string Host, int Port)> Configured { get; private set; } = new HashSet<(string, int)>();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Allowed.Count; i++)
        {
            if (
                !IsNetwork(Allowed[i], out _)
                && (Allowed[i].Contains('/', StringComparison.Ordinal) || Uri.CheckHostName(Allowed[i]) != UriHostNameType.Dns)
            )
            {
                yield return new ValidationResult(
                    $"{Section}:{nameof(Allowed)}:{i} must be an IP address, a network such as 10.0.0.0/8, or a host name.",
                    [nameof(Allowed)]
                );
            }
        }
    }

    /// <summary>Reads the services from the other sections.</summary>
    internal void ReadServices(IConfigurationSection sessions)
    {
        AllowLoopback ??= !Uri.TryCreate(sessions["Origin:Public"], UriKind.Absolute, out var origin) || origin.IsLoopback;
        Configured = s_services
            .SelectMany(service =>
                service.Member is { } member
                    ? sessions.GetSection(service.Key).GetChildren().Select(entry => entry[member])
                    : [sessions[service.Key]]
            )
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .Select(uri => (uri.IdnHost, uri.Port))
            .ToHashSet();
    }

    /// <summary>Reads an entry that is an address or a network.</summary>
    internal static bool IsNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
