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
    /// <summary>
    /// Signs an element that has an <c>ID</c>. The signature follows the issuer element or, without an issuer, comes first.
    /// </summary>
    public static void Sign(XmlElement element, MessageSigner signer)
    {
        using var key = signer.Certificate.GetRSAPrivateKey()!;
        var signed = new SignedElement(element) { SigningKey = key };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = signer.Method;
        var reference = new Reference($"#{element.GetAttribute("ID")}") { DigestMethod = signer.Digest };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
        signed.KeyInfo.AddClause(new KeyInfoX509Data(signer.Certificate));
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
        try
        {
            return EnvelopedSignature.Of(element) is { } signature && certificates.Any(signature.IsBy);
        }
        catch (Exception exception) when (exception is CryptographicException or XmlException)
        {
            return false;
        }
    }

    /// <summary>The signature over a query (SAML bindings §3.4.4.1).</summary>
    public static byte[] Sign(byte[] octets, MessageSigner signer)
    {
        using var key = signer.Certificate.GetRSAPrivateKey()!;
        return key.SignData(octets, XmlSignatureAlgorithms.HashOf(signer.Method), RSASignaturePadding.Pkcs1);
    }

    /// <summary>Whether one of the certificates' keys has signed these octets with this algorithm.</summary>
    public static bool IsSignedBy(byte[] octets, string? algorithm, byte[] signature, IEnumerable<X509Certificate2> certificates)
    {
        try
        {
            return algorithm is not null
                && certificates.Any(certificate => XmlSignatureAlgorithms.IsSignedBy(certificate, algorithm, octets, signature));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A signature that is made, whose reference can only refer to the element that contains it.</summary>
    private sealed class SignedElement : SignedXml
    {
        private readonly XmlElement _element;

        public SignedElement(XmlElement element)
            : base(element) => _element = element;

        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) =>
            _element.GetAttribute("ID") == idValue ? _element : null;
    }
}
