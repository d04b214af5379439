using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Tests.Saml.Harness;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>The messages for service providers. The framework's own verifier accepts their signatures.</summary>
public sealed class MadeMessageTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 10, 0, 0, 120, TimeSpan.Zero);

    [Fact]
    public void A_response_and_its_assertion_are_signed_each_for_itself()
    {
        var response = SamlResponses.Success(Assertion("minnie & <co>"), encryption: null, Messages.Signer);

        var copy = Messages.Document(response.OuterXml);
        var assertion = copy.DocumentElement!["Assertion", SamlNames.Assertion]!;
        Assert.True(Verifies(copy.DocumentElement!));
        Assert.True(Verifies(assertion));

        // The assertion alone must verify too: some service providers take it out of the response.
        Assert.True(Verifies(Messages.Document(assertion.OuterXml).DocumentElement!));
        Assert.Equal("minnie & <co>", assertion["Subject", SamlNames.Assertion]!["NameID", SamlNames.Assertion]!.InnerText);
    }

    [Fact]
    public void An_assertion_says_for_whom_until_when_and_how()
    {
        var response = SamlResponses.Success(Assertion("minnie"), encryption: null, Messages.Signer);

        var names = new XmlNamespaceManager(response.NameTable);
        names.AddNamespace("p", SamlNames.Protocol);
        names.AddNamespace("a", SamlNames.Assertion);
        string Of(string path) => response.SelectSingleNode(path, names)?.Value ?? "nothing";
        Assert.Equal("https://sp.example/acs", Of("/p:Response/@Destination"));
        Assert.Equal("_r1", Of("/p:Response/@InResponseTo"));
        Assert.Equal(SamlNames.Success, Of("/p:Response/p:Status/p:StatusCode/@Value"));
        Assert.Equal("https://sp.example", Of("//a:AudienceRestriction/a:Audience/text()"));
        Assert.Equal("2026-11-24T10:05:00.120Z", Of("//a:Conditions/@NotOnOrAfter"));
        Assert.Equal("2026-11-24T10:05:00.120Z", Of("//a:SubjectConfirmationData/@NotOnOrAfter"));
        Assert.Equal(
            ("_r1", "https://sp.example/acs"),
            (Of("//a:SubjectConfirmationData/@InResponseTo"), Of("//a:SubjectConfirmationData/@Recipient"))
        );
        Assert.Equal("2026-11-24T09:00:00.120Z", Of("//a:AuthnStatement/@AuthnInstant"));
        Assert.Equal(
            ("s1", "2026-11-24T11:00:00.120Z"),
            (Of("//a:AuthnStatement/@SessionIndex"), Of("//a:AuthnStatement/@SessionNotOnOrAfter"))
        );
        Assert.Equal("urn:class", Of("//a:AuthnContextClassRef/text()"));
        Assert.Equal("minnie@example.com", Of("//a:Attribute[@Name='Email']/a:AttributeValue/text()"));
    }

    [Theory]
    [InlineData(EncryptionMethods.Aes256Gcm)]
    [InlineData(EncryptionMethods.Aes128Gcm)]
    [InlineData(EncryptionMethods.Aes256Cbc)]
    [InlineData(EncryptionMethods.Aes128Cbc)]
    public void An_encrypted_assertion_is_signed_and_only_its_receiver_can_read_it(string method)
    {
        using var receiver = Messages.NewKey();

        var response = SamlResponses.Success(
            Assertion("minnie & <co>"),
            new AssertionEncryption([.. receiver.RawData], method),
            Messages.Signer
        );

        Assert.DoesNotContain("minnie", response.OuterXml, StringComparison.Ordinal);
        var copy = Messages.Document(response.OuterXml);
        Assert.True(Verifies(copy.DocumentElement!));
        var data = new EncryptedData();
        data.LoadXml(copy.DocumentElement!["EncryptedAssertion", SamlNames.Assertion]!["EncryptedData", EncryptedXml.XmlEncNamespaceUrl]!);
        var encryptedKey = Assert.Single(data.KeyInfo.OfType<KeyInfoEncryptedKey>()).EncryptedKey!;
        Assert.Equal(
            (method, EncryptedXml.XmlEncRSAOAEPUrl),
            (data.EncryptionMethod!.KeyAlgorithm, encryptedKey.EncryptionMethod!.KeyAlgorithm)
        );
        using var privateKey = receiver.GetRSAPrivateKey()!;
        var key = EncryptedXml.DecryptKey(encryptedKey.CipherData.CipherValue!, privateKey, useOAEP: true);
        var assertion = Messages.Document(Encoding.UTF8.GetString(Decrypt(data.CipherData.CipherValue!, key, method))).DocumentElement!;
        Assert.True(Verifies(assertion));
        Assert.Equal("minnie & <co>", assertion["Subject", SamlNames.Assertion]!["NameID", SamlNames.Assertion]!.InnerText);
    }

    [Fact]
    public void A_failure_says_why()
    {
        var response = SamlResponses.Failure(
            "https://idp",
            "https://sp.example/acs",
            "_r1",
            SamlNames.Responder,
            SamlNames.AuthnFailed,
            "no",
            s_now,
            Messages.Signer
        );

        Assert.True(Verifies(Messages.Document(response.OuterXml).DocumentElement!));
        Assert.Contains(SamlNames.AuthnFailed, response.OuterXml, StringComparison.Ordinal);
        Assert.DoesNotContain("Assertion ", response.OuterXml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirect_signs_the_query_and_carries_no_second_signature_of_the_response()
    {
        var response = SamlResponses.Success(Assertion("minnie"), encryption: null, Messages.Signer);

        var url = new Uri(SamlBindings.RedirectUrl("https://sp.example/acs?x=1", "SAMLResponse", response, "a b&c", Messages.Signer));

        Assert.StartsWith("?x=1&SAMLResponse=", url.Query, StringComparison.Ordinal);
        var message = SamlMessage.ReadRedirect(url.Query[4..], "SAMLResponse")!;
        Assert.Equal("a b&c", message.RelayState);
        Assert.True(message.IsSignedBy([Messages.Key]));
        Assert.False(SamlSignatures.IsSigned(message.Root));
        Assert.True(Verifies(message.Root["Assertion", SamlNames.Assertion]!));
        Assert.True(SamlSignatures.IsSigned(response.DocumentElement!));
    }

    [Theory]
    [InlineData(SigningAlgorithms.RsaSha256, SigningAlgorithms.Sha512)]
    [InlineData(SigningAlgorithms.RsaSha384, SigningAlgorithms.Sha384)]
    [InlineData(SigningAlgorithms.RsaSha512, SigningAlgorithms.Sha256)]
    public void Messages_are_signed_by_the_algorithms_that_the_receiver_wants(string method, string digest)
    {
        var signer = new MessageSigner(Messages.Key, method, digest);

        var response = SamlResponses.Success(Assertion("minnie"), encryption: null, signer);

        Assert.True(Verifies(Messages.Document(response.OuterXml).DocumentElement!));
        Assert.Equal(2, response.SelectNodes($"//*[local-name()='SignatureMethod' and @Algorithm='{method}']")!.Count);
        Assert.Equal(2, response.SelectNodes($"//*[local-name()='DigestMethod' and @Algorithm='{digest}']")!.Count);
        var url = new Uri(SamlBindings.RedirectUrl("https://sp.example/acs", "SAMLResponse", response, relayState: null, signer));
        Assert.Contains($"&SigAlg={Uri.EscapeDataString(method)}&", url.Query, StringComparison.Ordinal);
        Assert.True(SamlMessage.ReadRedirect(url.Query, "SAMLResponse")!.IsSignedBy([Messages.Key]));
    }

    [Fact]
    public void Metadata_is_signed_and_names_every_certificate()
    {
        using var next = Messages.NewKey();

        var metadata = IdentityProviderMetadata.Create(
            "https://idp/saml/v2/metadata",
            "https://idp",
            [Messages.Key, next],
            Messages.Key,
            true,
            s_now,
            TimeSpan.FromDays(1)
        );

        var copy = Messages.Document(metadata.OuterXml);
        Assert.True(Verifies(copy.DocumentElement!));
        var certificates = copy.GetElementsByTagName("X509Certificate", SamlNames.Signature)
            .OfType<XmlElement>()
            .Select(element => element.InnerText)
            .ToList();
        Assert.Contains(Convert.ToBase64String(next.RawData), certificates);
        Assert.Equal(2, copy.GetElementsByTagName("SingleSignOnService", SamlNames.Metadata).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Metadata_tells_what_to_sign_with_and_when_to_look_again(bool isLimited)
    {
        var root = IdentityProviderMetadata
            .Create(
                "https://idp/saml/v2/metadata",
                "https://idp",
                [Messages.Key],
                Messages.Key,
                wantAuthnRequestsSigned: isLimited,
                isLimited ? s_now : null,
                TimeSpan.FromHours(12)
            )
            .DocumentElement!;

        Assert.Equal(isLimited ? "2026-11-24T10:00:00.120Z" : "", root.GetAttribute("validUntil"));
        Assert.Equal("PT12H", root.GetAttribute("cacheDuration"));
        Assert.Equal(isLimited ? "true" : "", root["IDPSSODescriptor", SamlNames.Metadata]!.GetAttribute("WantAuthnRequestsSigned"));
        var extensions = root["Extensions", SamlNames.Metadata]!;
        Assert.Equal("Signature", extensions.PreviousSibling!.LocalName);
        Assert.Equal(
            [SignedXml.XmlDsigSHA256Url, SignedXml.XmlDsigRSASHA256Url],
            new[] { "DigestMethod", "SigningMethod" }.Select(name => extensions[name, SamlNames.Algorithms]!.GetAttribute("Algorithm"))
        );
        Assert.DoesNotContain("sha1", extensions.OuterXml, StringComparison.Ordinal);
    }

    private static SamlAssertion Assertion(string nameId) =>
        new()
        {
            Issuer = "https://idp/saml/v2/metadata",
            Destination = "https://sp.example/acs",
            Audience = "https://sp.example",
            InResponseTo = "_r1",
            NameId = nameId,
            NameIdFormat = NameIdFormats.EmailAddress,
            Now = s_now,
            Lifetime = TimeSpan.FromMinutes(5),
            AuthenticatedAt = s_now.AddHours(-1),
            SessionIndex = "s1",
            SessionNotOnOrAfter = s_now.AddHours(1),
            ContextClass = "urn:class",
            Attributes = [new("Email", ["minnie@example.com"])],
        };

    private static byte[] Decrypt(byte[] value, byte[] key, string method)
    {
        Assert.Equal(EncryptionMethods.KeyBytes(method), key.Length);
        if (!EncryptionMethods.IsGcm(method))
        {
            using var cbc = Aes.Create();
            cbc.Key = key;
            return cbc.DecryptCbc(value.AsSpan(16), value.AsSpan(0, 16));
        }

        using var gcm = new AesGcm(key, 16);
        var content = new byte[value.Length - 28];
        gcm.Decrypt(value.AsSpan(0, 12), value.AsSpan(12, content.Length), value.AsSpan(value.Length - 16), content);
        return content;
    }

    /// <summary>Verifies a signature without any code of ours.</summary>
    private static bool Verifies(XmlElement element)
    {
        var signed = new SignedXml(element);
        signed.LoadXml(element["Signature", SamlNames.Signature]!);
        using RSA key = Messages.Key.GetRSAPublicKey()!;
        return ((Reference)signed.SignedInfo!.References[0]!).Uri == $"#{element.GetAttribute("ID")}" && signed.CheckSignature(key);
    }
}
