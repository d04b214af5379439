using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>How browsers reach this service; configuration section <c>Sessions</c>.</summary>
public sealed class PublicOriginOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>
    /// Scheme, host and port, such as <c>https://login.example.com</c>; <c>null</c> means that each request names the origin.
    /// </summary>
    public Uri? PublicOrigin { get; set; }

    /// <summary>
    /// Whether this service trusts requests from its own machine about the public origin and the address of clients. A proxy on this
    /// machine must then overwrite or remove the headers of clients. Default: yes.
    /// </summary>
    public bool TrustLoopback { get; set; } = true;

    /// <summary>Further trusted addresses, or networks such as <c>10.0.0.0/8</c>, for the same headers.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicOrigin is not null
            && !(PublicOrigin.IsAbsoluteUri && PublicOrigin.Scheme is "http" or "https" && PublicOrigin.PathAndQuery == "/"
                && PublicOrigin.UserInfo.Length == 0 && PublicOrigin.Fragment.Length == 0))
        {
            yield return new ValidationResult($"{Section}:PublicOrigin must be an http or https origin: scheme, host, and nothing behind.", [nameof(PublicOrigin)]);
        }

        if (TrustedProxies.Any(text => !TryParse(text, out _)))
        {
            yield return new ValidationResult(
                $"{Section}:TrustedProxies: every entry must be an IP address or a network such as 10.0.0.0/8.", [nameof(TrustedProxies)]);
        }
    }

    /// <summary>Reads an entry of <see cref="TrustedProxies"/>.</summary>
    internal static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
