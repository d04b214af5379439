using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>
/// Finds the TLS client certificate of a request. Whoever sends it has its private key: the handshake has shown that, here or at the
/// trusted proxy. Whether anybody else vouches for the certificate does not matter to tokens that are bound to it (RFC 8705 §3).
/// </summary>
internal sealed class PresentedCertificates(IOptions<MutualTlsOptions> options, IOptions<PublicOriginOptions> origins)
{
    private readonly TrustedProxies _trusted = new(origins.Value);

    /// <summary>Whether requests can have certificates.</summary>
    public bool IsOn => options.Value.Source != CertificateSource.None;

    /// <summary>The certificate; <c>null</c> if the request has none. Fails with <c>AUTH-Mtls2</c>.</summary>
    public X509Certificate2? Find(HttpContext http) =>
        options.Value.Source switch
        {
            CertificateSource.Connection => http.Connection.ClientCertificate,
            CertificateSource.Proxy when _trusted.Contains(http.Connection.RemoteIpAddress) => OfHeader(http),
            _ => null,
        };

    /// <summary>
    /// The thumbprint of the certificate to which new tokens of the client are bound; <c>null</c> if they are bound to none. Fails with
    /// <c>AUTH-Mtls1</c> if the request lacks the certificate.
    /// </summary>
    public string? BindingOf(HttpContext http, OidcClient client) =>
        !client.DemandsCertificate() ? null
        : Find(http) is { } certificate ? ThumbprintOf(certificate)
        : throw new SessionException(SessionErrors.CertificateMissing);

    /// <summary>Fails with <c>AUTH-MtlsB</c> unless the request has the certificate to which a token is bound, if it is bound.</summary>
    /// <param name="http">The request.</param>
    /// <param name="bound">The thumbprint of the token's certificate; <c>null</c> if it is bound to none.</param>
    public void EnsureHeld(HttpContext http, string? bound)
    {
        if (bound is not null && (Find(http) is not { } certificate || ThumbprintOf(certificate) != bound))
        {
            throw new SessionException(SessionErrors.TokenBoundToCertificate);
        }
    }

    /// <summary>The thumbprint by which tokens are bound to the certificate (RFC 8705 §3.1).</summary>
    public static string ThumbprintOf(X509Certificate2 certificate) =>
        Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));

    private X509Certificate2? OfHeader(HttpContext http)
    {
        if (http.Features.Get<ReadCertificate>() is { } read)
        {
            return read.Certificate;
        }

        var certificate = CertificateHeader.Read(http.Request.Headers[options.Value.Header]);
        if (certificate is not null)
        {
            http.Response.RegisterForDispose(certificate);
        }

        http.Features.Set(new ReadCertificate(certificate));
        return certificate;
    }

    /// <summary>What the header of the request says, read once.</summary>
    private sealed record ReadCertificate(X509Certificate2? Certificate);
}
