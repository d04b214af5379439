using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.ServiceProviders;

/// <summary>
/// Reads the metadata that service providers publish. An administrator chooses the address, so only addresses that
/// <see cref="EgressHttp"/> allows are called, redirects are not followed, and an answer must be short and quick. With a certificate the
/// whole document must be signed with its key.
/// </summary>
internal sealed partial class MetadataFetcher : IDisposable
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HttpClient _http;
    private readonly ILogger<MetadataFetcher> _log;

    public MetadataFetcher(EgressHttp egress, ILogger<MetadataFetcher> log)
        : this(egress.Create(s_patience, MaxBytes), log) { }

    /// <summary>For tests, which answer by themselves.</summary>
    internal MetadataFetcher(HttpClient http, ILogger<MetadataFetcher> log) => (_http, _log) = (http, log);

    public void Dispose() => _http.Dispose();

    /// <summary>The metadata at an address, or why they cannot be used.</summary>
    /// <param name="url">The address, an absolute URL.</param>
    /// <param name="certificate">The certificate of the key that must have signed them, DER; <c>null</c> if they need no signature.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<MetadataFetch> FetchAsync(string url, ImmutableArray<byte>? certificate, CancellationToken cancellationToken) =>
        (await ReadAsync(url, certificate, cancellationToken)) with
        {
            Pin = MetadataFetch.PinOf(certificate),
        };

    private static MetadataFetch Failed(string url, string fault) => new(url, Xml: null, fault);

    private async Task<MetadataFetch> ReadAsync(string url, ImmutableArray<byte>? certificate, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(url), cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return Failed(url, $"the address answers {(int)response.StatusCode}");
            }

            var xml = s_utf8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return certificate is { } der && FaultOf(xml, der) is { } fault ? Failed(url, fault) : new MetadataFetch(url, xml);
        }
        catch (DecoderFallbackException)
        {
            return Failed(url, "they are not UTF-8");
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return Failed(url, "they are larger than 1 MiB");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The query of an address can be secret.
            Unreachable(_log, new Uri(url).GetLeftPart(UriPartial.Path), exception.Message);
            return Failed(url, "the address cannot be reached, answers too slowly, or must not be called");
        }
    }

    /// <summary>What is wrong with the signature; <c>null</c> if nothing is.</summary>
    private static string? FaultOf(string xml, ImmutableArray<byte> der)
    {
        // Files often begin with a byte order mark.
        if (SafeXml.Parse(xml.Trim('\uFEFF', ' ', '\t', '\r', '\n'), XmlLimits.Metadata)?.DocumentElement is not { } root)
        {
            return "they are not well-formed XML without a DTD, or have too many elements";
        }

        if (!SamlSignatures.IsSigned(root))
        {
            return "they are not signed as a whole";
        }

        using var certificate = X509CertificateLoader.LoadCertificate(der.AsSpan());
        return SamlSignatures.IsSignedBy(root, [certificate]) ? null
            : EnvelopedSignature.UnacceptedAlgorithm(root) is { } algorithm
                ? $"their signature uses {XmlSignatureAlgorithms.Tell(algorithm)}; accepted are {XmlSignatureAlgorithms.Accepted}"
            : "their signature is not of metadataCertificate, or is wrong";
    }

    [LoggerMessage(LogLevel.Warning, "The metadata of a service provider cannot be read at {Address}: {Reason}")]
    private static partial void Unreachable(ILogger log, string address, string reason);
}
