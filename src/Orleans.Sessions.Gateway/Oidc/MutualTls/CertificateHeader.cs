using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Primitives;

namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>Reads the header in which a proxy names the certificate of a client (RFC 9440 §2.1, or PEM with percent signs).</summary>
internal static class CertificateHeader
{
    private const int MaxHeader = 16 * 1024;
    private const string PemStart = "-----BEGIN";
    private const string PemLabel = "CERTIFICATE";

    /// <summary>The certificate; <c>null</c> if the header names none. Fails with <c>AUTH-Mtls2</c>.</summary>
    public static X509Certificate2? Read(StringValues header)
    {
        // Some proxies send the header without a certificate.
        if (header.Count == 0 || header is ["" or ":" or "::"])
        {
            return null;
        }

        try
        {
            return header is [{ Length: <= MaxHeader } text] && Decode(text) is { } bytes
                ? X509CertificateLoader.LoadCertificate(bytes)
                : throw new SessionException(SessionErrors.CertificateUnreadable);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or CryptographicException)
        {
            throw new SessionException(SessionErrors.CertificateUnreadable);
        }
    }

    private static byte[]? Decode(string text) =>
        text.StartsWith(PemStart, StringComparison.Ordinal) ? Pem(Uri.UnescapeDataString(text))
        : text.Length > 2 && text[0] == ':' && text[^1] == ':' ? Convert.FromBase64String(text[1..^1])
        : null;

    private static byte[]? Pem(string text)
    {
        var fields = PemEncoding.Find(text);
        return text[fields.Label] == PemLabel && text[fields.Location.End..].AsSpan().Trim().IsEmpty
            ? Convert.FromBase64String(text[fields.Base64Data])
            : null;
    }
}
