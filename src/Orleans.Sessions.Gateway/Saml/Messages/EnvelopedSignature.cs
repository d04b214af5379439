using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// A received signature over the whole element that contains it (XML Signature §4, SAML core §5.4). It has one reference, to exactly this
/// element, and no transforms but the enveloped one and a canonicalization. Anything else is no signature.
/// </summary>
internal sealed class EnvelopedSignature
{
    private const string Enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    private const string Exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

    /// <summary>What canonicalizes if no transform does (XML Signature §4.4.3.2).</summary>
    private const string Inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

    private readonly string _method;
    private readonly byte[] _octets;
    private readonly byte[] _value;

    private EnvelopedSignature(string method, byte[] octets, byte[] value) => (_method, _octets, _value) = (method, octets, value);

    /// <summary>The signature of an element; <c>null</c> if there is none, or if it does not cover the element as it is.</summary>
    public static EnvelopedSignature? Of(XmlElement element) =>
        SamlXml.Child(element, "Signature", SamlNames.Signature) is { } signature
        && (Parts(signature, "SignedInfo", "SignatureValue") ?? Parts(signature, "SignedInfo", "SignatureValue", "KeyInfo")) is { } parts
        && Parts(parts[0], "CanonicalizationMethod", "SignatureMethod", "Reference") is [var canonicalization, var method, var reference]
        && XmlSignatureAlgorithms.IsMethod(Algorithm(method))
        && Covers(reference, element, signature)
        && XmlCanonicalizer.Canonicalize(parts[0], Algorithm(canonicalization), Prefixes(canonicalization)) is { } octets
        && Bytes(parts[1]) is { } value
            ? new EnvelopedSignature(Algorithm(method), octets, value)
            : null;

    /// <summary>The first algorithm of an element's signature that is not accepted; <c>null</c> if there is none.</summary>
    public static string? UnacceptedAlgorithm(XmlElement element) =>
        SamlXml.Child(element, "Signature", SamlNames.Signature) is { } signature
        && SamlXml.Child(signature, "SignedInfo", SamlNames.Signature) is { } info
            ? info.GetElementsByTagName("*", SamlNames.Signature)
                .OfType<XmlElement>()
                .Where(part => !IsAccepted(part))
                .Select(Algorithm)
                .FirstOrDefault()
            : null;

    /// <summary>Whether the key of this certificate has made it. Certificates in the message are ignored.</summary>
    public bool IsBy(X509Certificate2 certificate) => XmlSignatureAlgorithms.IsSignedBy(certificate, _method, _octets, _value);

    private static bool Covers(XmlElement reference, XmlElement element, XmlElement signature)
    {
        if (
            Parts(reference, "Transforms", "DigestMethod", "DigestValue") is not [var transforms, var digest, var expected]
            || element.GetAttribute("ID") is not { Length: > 0 } id
            || reference.GetAttribute("URI") != $"#{id}"
            || XmlSignatureAlgorithms.Digest(Algorithm(digest)) is not { } hash
            || Bytes(expected) is not { } value
        )
        {
            return false;
        }

        var steps = transforms.ChildNodes.OfType<XmlElement>().ToList();
        if (steps.Count is not (1 or 2) || steps.Any(step => !IsDs(step, "Transform")) || Algorithm(steps[0]) != Enveloped)
        {
            return false;
        }

        var (algorithm, prefixes) = steps.Count == 1 ? (Inclusive, null) : (Algorithm(steps[1]), Prefixes(steps[1]));
        return XmlCanonicalizer.CanonicalizeReferenced(element, signature, algorithm, prefixes) is { } octets
            && CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(hash, octets), value);
    }

    /// <summary>The child elements, if they are these and no others.</summary>
    private static XmlElement[]? Parts(XmlElement parent, params string[] names)
    {
        var parts = parent.ChildNodes.OfType<XmlElement>().ToArray();
        return parts.Length == names.Length && parts.Zip(names).All(part => IsDs(part.First, part.Second)) ? parts : null;
    }

    private static bool IsDs(XmlElement element, string name) => element.LocalName == name && element.NamespaceURI == SamlNames.Signature;

    private static bool IsAccepted(XmlElement part) =>
        part.LocalName switch
        {
            "SignatureMethod" => XmlSignatureAlgorithms.IsMethod(Algorithm(part)),
            "DigestMethod" => XmlSignatureAlgorithms.Digest(Algorithm(part)) is not null,
            "CanonicalizationMethod" => XmlCanonicalizer.IsKnown(Algorithm(part)),
            "Transform" => Algorithm(part) == Enveloped || XmlCanonicalizer.IsKnown(Algorithm(part)),
            _ => true,
        };

    private static string Algorithm(XmlElement element) => element.GetAttribute("Algorithm");

    /// <summary>The prefixes of the exclusive canonicalization (§4).</summary>
    private static string? Prefixes(XmlElement method) =>
        SamlXml.Child(method, "InclusiveNamespaces", Exclusive)?.GetAttribute("PrefixList") is { Length: > 0 } prefixes ? prefixes : null;

    /// <summary>The base64 of an element that has nothing but text: a comment could make others read another value.</summary>
    private static byte[]? Bytes(XmlElement element)
    {
        if (!SamlXml.IsText(element))
        {
            return null;
        }

        var text = element.InnerText;
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
