using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>How browsers reach this service; configuration section <c>Sessions:Origin</c>.</summary>
public sealed class PublicOriginOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Origin";

    /// <summary>
    /// Scheme, host and port by which browsers reach this service: the issuer of its tokens, and the start of all its own addresses, such
    /// as the callback registered at providers, <c>{origin}/idps/callback</c>. Set it in production, on silos too. None: the value
    /// comes from a trusted header: <c>x-zitadel-public-host</c>, <c>x-forwarded-host</c> with <c>x-forwarded-proto</c>, or
    /// <c>Forwarded</c>. If a header has several values, the last one counts. <c>x-forwarded-proto</c> alone is combined with the request's
    /// <c>Host</c>. Without such a header, the request's own scheme and host count. A service that listens on more than this machine then
    /// warns at its start.
    /// </summary>
    public Uri? Public { get; set; }

    /// <summary>Whether this machine is one of the trusted proxies.</summary>
    public bool TrustLoopback { get; set; } = true;

    /// <summary>
    /// Addresses or networks (<c>10.0.0.0/8</c>) of proxies and login frontends whose headers count for that, beside this machine itself.
    /// Headers from others are ignored. Proxies have to overwrite or remove these headers. The client's address is the last
    /// address in <c>X-Forwarded-For</c> that does not belong to a trusted proxy; without that header, the same of <c>Forwarded</c>.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (
            Public is not null
            && !(
                Public.IsAbsoluteUri
                && Public.Scheme is "http" or "https"
                && Public.PathAndQuery == "/"
                && Public.UserInfo.Length == 0
                && Public.Fragment.Length == 0
            )
        )
        {
            yield return new ValidationResult(
                $"{Section}:Public must be an http or https origin: scheme, host and port only.",
                [nameof(Public)]
            );
        }

        if (TrustedProxies.Any(text => !TryParse(text, out _)))
        {
            yield return new ValidationResult(
                $"{Section}:TrustedProxies: every entry must be an IP address or a network such as 10.0.0.0/8.",
                [nameof(TrustedProxies)]
            );
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
