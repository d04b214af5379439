using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Mutual TLS on the ports of the cluster; section <c>Sessions:Cluster:Tls</c>. Every node and every client of the cluster has a
/// certificate, and each side of a connection checks the certificate of the other. Files are read again when they change.
/// </summary>
public sealed class ClusterTlsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Cluster:Tls";

    /// <summary>
    /// The file with this process's certificate: PEM (then <see cref="Key"/> is the file with the private key) or PKCS #12 (<c>.pfx</c>,
    /// <c>.p12</c>). The process uses the certificate as client and as server, so the certificate must allow both uses.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The file with the private key, PEM. A PKCS #12 file contains its own key.</summary>
    public string? Key { get; set; }

    /// <summary>The password of the PKCS #12 file or of the encrypted PEM key. None: neither is encrypted.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// The file with the authorities that sign the certificates of the cluster, PEM, including intermediate ones. The cluster accepts every
    /// certificate that they sign, so they should sign only for this cluster. Otherwise, <see cref="Names"/> must restrict which
    /// certificates are accepted.
    /// </summary>
    public string? Authorities { get; set; }

    /// <summary>If there are any: the certificate of the other side must be for one of these DNS names.</summary>
    public IList<string> Names { get; } = [];

    /// <summary>Whether TLS is on.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Certificate);

    /// <summary>Whether <see cref="Certificate"/> is a PKCS #12 file.</summary>
    internal bool IsPkcs12 => Path.GetExtension(Certificate)?.ToUpperInvariant() is ".PFX" or ".P12";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
        {
            if (!string.IsNullOrEmpty(Key) || !string.IsNullOrEmpty(Authorities) || Names.Count > 0)
            {
                yield return new ValidationResult($"{Section}:Certificate is missing.");
            }

            yield break;
        }

        if (string.IsNullOrEmpty(Authorities))
        {
            yield return new ValidationResult($"{Section}:Authorities is missing: without it nobody's certificate can be checked.");
        }

        if (string.IsNullOrEmpty(Key) != IsPkcs12)
        {
            yield return new ValidationResult(
                $"{Section}:Key names the private key of a PEM certificate, and is not there for a PKCS #12 file."
            );
        }

        foreach (var file in new[] { Certificate, Key, Authorities })
        {
            if (!string.IsNullOrEmpty(file) && !File.Exists(file))
            {
                yield return new ValidationResult($"{Section}: there is no file '{file}'.");
            }
        }
    }
}
