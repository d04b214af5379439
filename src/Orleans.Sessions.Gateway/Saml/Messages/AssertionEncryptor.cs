using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// Encrypts assertions (SAML core §2.3.4). The framework's <see cref="EncryptedXml"/> writes the elements and encrypts the key. It does not
/// support GCM, so the content is encrypted here. CBC does not detect changes; the signature of the surrounding response does.
/// </summary>
internal static class AssertionEncryptor
{
    private const int TagBytes = 16;

    /// <summary>Replaces a signed assertion by the encrypted one.</summary>
    public static void Replace(XmlElement assertion, AssertionEncryption encryption)
    {
        var key = RandomNumberGenerator.GetBytes(EncryptionMethods.KeyBytes(encryption.Method));
        using var certificate = X509CertificateLoader.LoadCertificate(encryption.Certificate.AsSpan());
        using var receiver = certificate.GetRSAPublicKey()!;
        var data = new EncryptedData
        {
            Type = EncryptedXml.XmlEncElementUrl,
            EncryptionMethod = new EncryptionMethod(encryption.Method),
            CipherData = new CipherData(Encrypt(Encoding.UTF8.GetBytes(assertion.OuterXml), key, encryption.Method)),
        };
        data.KeyInfo.AddClause(
            new KeyInfoEncryptedKey(
                new EncryptedKey
                {
                    EncryptionMethod = new EncryptionMethod(EncryptedXml.XmlEncRSAOAEPUrl),
                    CipherData = new CipherData(EncryptedXml.EncryptKey(key, receiver, useOAEP: true)),
                }
            )
        );

        var document = assertion.OwnerDocument;
        var element = document.CreateElement("saml", "EncryptedAssertion", SamlNames.Assertion);
        element.AppendChild(document.ImportNode(data.GetXml(), deep: true));
        assertion.ParentNode!.ReplaceChild(element, assertion);
    }

    /// <summary>The initialization vector, the encrypted bytes and, for GCM, the tag (XML Encryption 1.1 §5.2).</summary>
    private static byte[] Encrypt(byte[] content, byte[] key, string method)
    {
        if (EncryptionMethods.IsGcm(method))
        {
            var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
            var encrypted = new byte[content.Length];
            var tag = new byte[TagBytes];
            using var gcm = new AesGcm(key, TagBytes);
            gcm.Encrypt(nonce, content, encrypted, tag);
            return [.. nonce, .. encrypted, .. tag];
        }

        using var cbc = Aes.Create();
        cbc.Key = key;
        return [.. cbc.IV, .. cbc.EncryptCbc(content, cbc.IV)];
    }
}
