using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>
/// Whether certificates lead to one that is trusted. Nothing is fetched: an answer's certificates may name any address as the place of
/// further certificates and of revocations.
/// </summary>
internal static class CertificateTrust
{
    /// <summary>Whether <paramref name="path"/> leads to one of <paramref name="anchors"/>.</summary>
    /// <param name="path">The certificate, followed by those of its issuers.</param>
    /// <param name="anchors">Roots, issuers or the certificates themselves (FIDO Metadata Statement, attestationRootCertificates).</param>
    /// <param name="now">The time at which all certificates must be valid.</param>
    public static bool Leads(IReadOnlyList<X509Certificate2> path, IReadOnlyList<X509Certificate2> anchors, DateTimeOffset now)
    {
        if (path.Count == 0)
        {
            return false;
        }

        if (anchors.Any(anchor => IsSame(anchor, path[0])))
        {
            return now >= path[0].NotBefore && now <= path[0].NotAfter;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;

        // An anchor need not be a root. So a chain may end before one, and what counts is that it goes through an anchor.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(anchors.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(path.Skip(1).ToArray());
        return chain.Build(path[0])
            && chain.ChainElements.Skip(1).Any(element => anchors.Any(anchor => IsSame(anchor, element.Certificate)));
    }

    private static bool IsSame(X509Certificate2 one, X509Certificate2 other) =>
        one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);
}
