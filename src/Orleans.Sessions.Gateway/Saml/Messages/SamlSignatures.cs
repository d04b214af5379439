using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// Enveloped signatures over whole messages and assertions (SAML core §5). A signature counts only if it covers exactly the element that
/// contains it. So the verified element is the one that is read, whatever an attacker has wrapped around it.
/// </summary>
internal static class SamlSignatures
{
    private const string EnvelopedTransform = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    private const int MinKeyBits = 2048;

    /// <summary>The signature algorithms, by their names in XML and in queries. SHA-1 is not allowed.</summary>
    private static readonly Dictionary<string, HashAlgorithmName> s_algorithms = new()
    {
        [SignedXml.XmlDsigRSASHA256Url] = HashAlgorithmName.SHA256,
        [SignedXml.XmlDsigRSASHA384Url] = HashAlgorithmName.SHA384,
        [SignedXml.XmlDsigRSASHA512Url] = HashAlgorithmName.SHA512,
    };

    private static readonly string[] s_digests = [SignedXml.XmlDsigSHA256Url, SignedXml.XmlDsigSHA384Url, SignedXml.XmlDsigSHA512Url];
    private static readonly string[] s_transforms = [EnvelopedTransform, SignedXml.XmlDsigExcC14NTransformUrl];

    /// <summary>
    /// Signs an element that has an <c>ID</c>. The signature follows the issuer element or, without an issuer, comes first.
    /// </summary>
    public static void Sign(XmlElement element, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        var signed = new ElementSignature(element) { SigningKey = key };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        var reference = new Reference($"#{element.GetAttribute("ID")}") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
        signed.KeyInfo.AddClause(new KeyInfoX509Data(certificate));
        signed.ComputeSignature();

        var signature = element.OwnerDocument.ImportNode(signed.GetXml(), deep: true);
        element.InsertAfter(signature, SamlXml.Child(element, "Issuer", SamlNames.Assertion));
    }

    /// <summary>Whether the element has a signature, valid or not.</summary>
    public static bool IsSigned(XmlElement element) => SamlXml.Children(element, "Signature", SamlNames.Signature).Any();

    /// <summary>
    /// Whether one of the certificates' keys has signed exactly this whole element. Certificates in the message are ignored.
    /// </summary>
    public static bool IsSignedBy(XmlElement element, IEnumerable<X509Certificate2> certificates)
    {
        if (
            SamlXml.Child(element, "Signature", SamlNames.Signature) is not { } signature
            || SamlXml.Children(signature, "Object", SamlNames.Signature).Any()
        )
        {
            return false;
        }

        try
        {
            var signed = new ElementSignature(element);
            signed.LoadXml(signature);
            return CoversJust(element, signed.SignedInfo!) && certificates.Any(certificate => IsGood(signed, certificate));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or XmlException)
        {
            return false;
        }
    }

    /// <summary>The signature over a query (SAML bindings §3.4.4.1), rsa-sha256.</summary>
    public static byte[] Sign(byte[] octets, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return key.SignData(octets, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Whether one of the certificates' keys has signed these octets with this algorithm.</summary>
    public static bool IsSignedBy(byte[] octets, string? algorithm, byte[] signature, IEnumerable<X509Certificate2> certificates) =>
        algorithm is not null
        && s_algorithms.TryGetValue(algorithm, out var hash)
        && certificates.Any(certificate =>
        {
            using var key = certificate.GetRSAPublicKey();
            return key is { KeySize: >= MinKeyBits } && key.VerifyData(octets, signature, hash, RSASignaturePadding.Pkcs1);
        });

    private static bool IsGood(SignedXml signed, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        return key is { KeySize: >= MinKeyBits } && signed.CheckSignature(key);
    }

    private static bool CoversJust(XmlElement element, SignedInfo info) =>
        element.GetAttribute("ID") is { Length: > 0 } id
        && s_algorithms.ContainsKey(info.SignatureMethod ?? "")
        && info.CanonicalizationMethod == SignedXml.XmlDsigExcC14NTransformUrl
        && info.References.Count == 1
        && info.References[0] is Reference reference
        && reference.Uri == $"#{id}"
        && s_digests.Contains(reference.DigestMethod)
        && Transforms(reference).ToList() is { Count: 1 or 2 } transforms
        && transforms[0] == EnvelopedTransform
        && transforms.Distinct().Count() == transforms.Count
        && transforms.All(s_transforms.Contains);

    private static IEnumerable<string?> Transforms(Reference reference)
    {
        for (var i = 0; i < reference.TransformChain.Count; i++)
        {
            yield return reference.TransformChain[i].Algorithm;
        }
    }

    /// <summary>A signature whose references can only refer to the element that contains it.</summary>
    private sealed class ElementSignature : SignedXml
    {
        private readonly XmlElement _element;

        public ElementSignature(XmlElement element)
            : base(element) => _element = element;

        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) =>
            _element.GetAttribute("ID") == idValue ? _element : null;
    }
}
