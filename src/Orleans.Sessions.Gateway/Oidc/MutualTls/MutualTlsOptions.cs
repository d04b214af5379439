using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>
/// TLS client certificates: clients that authenticate with one, and tokens that are bound to one (RFC 8705); configuration section
/// <c>Sessions:Oidc:MutualTls</c>.
/// </summary>
public sealed class MutualTlsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:MutualTls";

    /// <summary>
    /// Where the certificate of a request comes from: <c>None</c> (mutual TLS is off), <c>Connection</c> or <c>Proxy</c>. With
    /// <c>Connection</c>, an endpoint of the server asks for certificates: <c>Kestrel:Endpoints:{name}:ClientCertificateMode</c> is
    /// <c>AllowCertificate</c>. With <c>Proxy</c>, the trusted proxies (<c>Sessions:Origin:TrustedProxies</c>, and this machine) must set
    /// or remove the header in every request: whoever can send it through a proxy can pass for any client.
    /// </summary>
    public CertificateSource Source { get; set; }

    /// <summary>
    /// The header in which a proxy names the certificate, as RFC 9440 says (<c>:</c>, base64, <c>:</c>) or as escaped PEM.
    /// </summary>
    public string Header { get; set; } = "Client-Cert";

    /// <summary>
    /// A file with the authorities, as PEM, whose certificates clients with <c>tls_client_auth</c> may have: at least one that is
    /// self-signed, and those between it and the clients. The file is read again when it changes. None: no such client can authenticate.
    /// </summary>
    public string? Authorities { get; set; }

    /// <summary>
    /// Scheme, host and port at which clients with certificates find the endpoints, if that is not where browsers find them
    /// (<c>mtls_endpoint_aliases</c>). It needs <c>Sessions:Origin:Public</c>.
    /// </summary>
    public Uri? Address { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enum.IsDefined(Source))
        {
            yield return new ValidationResult($"{Section}:{nameof(Source)} must be None, Connection or Proxy.", [nameof(Source)]);
        }

        if (Header.Length is 0 or > 100 || !Header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Header)} must be the name of a header: 1 to 100 letters, digits, - or _.",
                [nameof(Header)]
            );
        }

        if (Authorities is not null && CertificateAuthorities.FaultOf(Authorities) is { } fault)
        {
            yield return new ValidationResult($"{Section}:{nameof(Authorities)}: {fault}", [nameof(Authorities)]);
        }

        if (
            Address is not null
            && !(
                Address.IsAbsoluteUri
                && Address.Scheme == Uri.UriSchemeHttps
                && Address.PathAndQuery == "/"
                && Address.UserInfo.Length == 0
                && Address.Fragment.Length == 0
            )
        )
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Address)} must be an https origin: scheme, host and port only.",
                [nameof(Address)]
            );
        }
    }
}
