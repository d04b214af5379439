using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// The algorithms of received signatures, by their names in XML and in queries (RFC 9231): RSA and ECDSA with SHA-2. SHA-1 is not accepted.
/// </summary>
internal static class XmlSignatureAlgorithms
{
    /// <summary>What is accepted, for people.</summary>
    public const string Accepted = "RSA or ECDSA with SHA-256, SHA-384 or SHA-512";

    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";
    private const int MinRsaBits = 2048;
    private const int MinCurveBits = 256;

    private static readonly FrozenDictionary<string, (bool IsRsa, HashAlgorithmName Hash)> s_methods = new Dictionary<
        string,
        (bool IsRsa, HashAlgorithmName Hash)
    >
    {
        [SignedXml.XmlDsigRSASHA256Url] = (true, HashAlgorithmName.SHA256),
        [SignedXml.XmlDsigRSASHA384Url] = (true, HashAlgorithmName.SHA384),
        [SignedXml.XmlDsigRSASHA512Url] = (true, HashAlgorithmName.SHA512),
        [$"{More}ecdsa-sha256"] = (false, HashAlgorithmName.SHA256),
        [$"{More}ecdsa-sha384"] = (false, HashAlgorithmName.SHA384),
        [$"{More}ecdsa-sha512"] = (false, HashAlgorithmName.SHA512),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, HashAlgorithmName> s_digests = new Dictionary<string, HashAlgorithmName>
    {
        [SignedXml.XmlDsigSHA256Url] = HashAlgorithmName.SHA256,
        [SignedXml.XmlDsigSHA384Url] = HashAlgorithmName.SHA384,
        [SignedXml.XmlDsigSHA512Url] = HashAlgorithmName.SHA512,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of algorithms that are not accepted, but that people may be told. Other names could be any text.</summary>
    private static readonly FrozenSet<string> s_wellKnown = new[]
    {
        SignedXml.XmlDsigRSASHA1Url,
        SignedXml.XmlDsigDSAUrl,
        SignedXml.XmlDsigHMACSHA1Url,
        SignedXml.XmlDsigSHA1Url,
        "http://www.w3.org/2009/xmldsig11#dsa-sha256",
        "http://www.w3.org/2007/05/xmldsig-more#rsa-pss",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        $"{More}rsa-md5",
        $"{More}md5",
        $"{More}ecdsa-sha1",
        $"{More}hmac-sha256",
        SignedXml.XmlDsigXPathTransformUrl,
        SignedXml.XmlDsigXsltTransformUrl,
        SignedXml.XmlDsigBase64TransformUrl,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The accepted signature algorithms, the usual one first.</summary>
    public static IEnumerable<string> Methods =>
        s_methods.OrderBy(method => !method.Value.IsRsa).ThenBy(method => method.Key, StringComparer.Ordinal).Select(method => method.Key);

    /// <summary>The accepted digest algorithms, the usual one first.</summary>
    public static IEnumerable<string> Digests => [SignedXml.XmlDsigSHA256Url, SignedXml.XmlDsigSHA384Url, SignedXml.XmlDsigSHA512Url];

    /// <summary>Whether this is the name of an accepted signature algorithm.</summary>
    public static bool IsMethod(string name) => s_methods.ContainsKey(name);

    /// <summary>The hash of a digest algorithm; <c>null</c> if it is not accepted.</summary>
    public static HashAlgorithmName? Digest(string name) => s_digests.TryGetValue(name, out var hash) ? hash : null;

    /// <summary>The hash of an accepted signature algorithm.</summary>
    public static HashAlgorithmName HashOf(string method) => s_methods[method].Hash;

    /// <summary>How people are told about an algorithm that is not accepted.</summary>
    public static string Tell(string name) => s_wellKnown.Contains(name) ? name : "an algorithm that is not known here";

    /// <summary>Whether the key of a certificate has signed these octets with this algorithm. A weak key has signed nothing.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, string method, byte[] octets, byte[] signature)
    {
        if (!s_methods.TryGetValue(method, out var algorithm))
        {
            return false;
        }

        if (algorithm.IsRsa)
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is { KeySize: >= MinRsaBits } && rsa.VerifyData(octets, signature, algorithm.Hash, RSASignaturePadding.Pkcs1);
        }

        using var key = certificate.GetECDsaPublicKey();
        return key is { KeySize: >= MinCurveBits } && key.VerifyData(octets, signature, algorithm.Hash);
    }
}
