using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Orleans.Sessions.Gateway.Saml.Messages;

namespace Orleans.Sessions.Gateway.Tests.Saml.Harness;

/// <summary>Makes messages as service providers and attackers do.</summary>
internal static class Messages
{
    /// <summary>A service provider's key.</summary>
    public static X509Certificate2 Key { get; } = NewKey();

    /// <summary>This identity provider's key, with the usual algorithms.</summary>
    public static MessageSigner Signer { get; } = new(Key);

    public static X509Certificate2 NewKey(int bits = 2048)
    {
        using var rsa = RSA.Create(bits);
        return new CertificateRequest("CN=test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddYears(1)
        );
    }

    public static string AuthnRequest(
        string id = "_r1",
        string issuer = "https://sp.example",
        string attributes = "",
        string content = ""
    ) =>
        $"""
            <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0"
              IssueInstant="2026-11-24T10:00:00Z" {attributes}><saml:Issuer>{issuer}</saml:Issuer>{content}</samlp:AuthnRequest>
            """;

    public static string LogoutRequest(string nameId = "minnie", string id = "_l1") =>
        $"""
            <samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0"
              IssueInstant="2026-11-24T10:00:00.123Z"><saml:Issuer>https://sp.example</saml:Issuer><saml:NameID>{nameId}</saml:NameID>
              <samlp:SessionIndex>s1</samlp:SessionIndex></samlp:LogoutRequest>
            """;

    public static XmlDocument Document(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(xml);
        return document;
    }

    /// <summary>The message with an enveloped signature, made by the framework alone.</summary>
    public static XmlDocument Signed(
        string xml,
        X509Certificate2? key = null,
        string algorithm = SignedXml.XmlDsigRSASHA256Url,
        string digest = SignedXml.XmlDsigSHA256Url,
        string? reference = null,
        Transform? transform = null,
        string canonicalization = SignedXml.XmlDsigExcC14NTransformUrl
    )
    {
        var document = Document(xml);
        var root = document.DocumentElement!;
        var signed = new SignedXml(document) { SigningKey = (key ?? Key).GetRSAPrivateKey() };
        signed.SignedInfo!.SignatureMethod = algorithm;
        signed.SignedInfo.CanonicalizationMethod = canonicalization;
        var covered = new Reference(reference ?? $"#{root.GetAttribute("ID")}") { DigestMethod = digest };
        covered.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        covered.AddTransform(transform ?? new XmlDsigExcC14NTransform());
        signed.AddReference(covered);
        signed.KeyInfo.AddClause(new KeyInfoX509Data(key ?? Key));
        signed.ComputeSignature();
        root.InsertAfter(document.ImportNode(signed.GetXml(), true), root.FirstChild);
        return document;
    }

    public static SamlMessage? Posted(XmlDocument document, string? relayState = null) => Posted(document.OuterXml, relayState);

    public static SamlMessage? Posted(string xml, string? relayState = null) =>
        SamlMessage.ReadPost(Convert.ToBase64String(Encoding.UTF8.GetBytes(xml)), relayState);

    public static string Deflated(string xml)
    {
        using var bytes = new MemoryStream();
        using (var stream = new DeflateStream(bytes, CompressionLevel.SmallestSize))
        {
            stream.Write(Encoding.UTF8.GetBytes(xml));
        }

        return Uri.EscapeDataString(Convert.ToBase64String(bytes.ToArray()));
    }

    /// <summary>A query signed by the framework alone.</summary>
    public static string Query(
        string xml,
        string? relayState = "r+s%",
        string algorithm = SignedXml.XmlDsigRSASHA256Url,
        X509Certificate2? key = null
    )
    {
        var query =
            $"SAMLRequest={Deflated(xml)}"
            + (relayState is null ? "" : $"&RelayState={Uri.EscapeDataString(relayState)}")
            + $"&SigAlg={Uri.EscapeDataString(algorithm)}";
        var hash = algorithm == SignedXml.XmlDsigRSASHA1Url ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        using var rsa = (key ?? Key).GetRSAPrivateKey()!;
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(query), hash, RSASignaturePadding.Pkcs1);
        return $"?{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
    }
}
