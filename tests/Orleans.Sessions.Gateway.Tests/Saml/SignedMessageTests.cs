using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Tests.Saml.Harness;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>A message counts as signed only if it is exactly what the service provider has signed.</summary>
public sealed class SignedMessageTests
{
    private static readonly X509Certificate2[] s_keys = [Messages.NewKey(), Messages.Key];

    [Theory]
    [InlineData(SignedXml.XmlDsigRSASHA256Url, SignedXml.XmlDsigSHA256Url)]
    [InlineData(SignedXml.XmlDsigRSASHA384Url, SignedXml.XmlDsigSHA384Url)]
    [InlineData(SignedXml.XmlDsigRSASHA512Url, SignedXml.XmlDsigSHA512Url)]
    public void A_posted_message_is_good_by_any_of_the_registered_keys(string algorithm, string digest)
    {
        var message = Messages.Posted(Messages.Signed(Messages.AuthnRequest(), algorithm: algorithm, digest: digest))!;

        Assert.True(message.IsSigned);
        Assert.True(message.IsSignedBy(s_keys));
        Assert.Equal(("_r1", "https://sp.example"), (AuthnRequestMessage.Read(message)!.Id, AuthnRequestMessage.Read(message)!.Issuer));
    }

    [Fact]
    public void A_posted_message_without_a_signature_is_signed_by_nobody()
    {
        var message = Messages.Posted(Messages.AuthnRequest())!;

        Assert.False(message.IsSigned);
        Assert.False(message.IsSignedBy(s_keys));
    }

    [Fact]
    [Asvs("9.1.3")]
    public void A_key_in_the_message_itself_is_not_believed()
    {
        var message = Messages.Posted(Messages.Signed(Messages.AuthnRequest(), Messages.NewKey()))!;

        Assert.True(message.IsSigned);
        Assert.False(message.IsSignedBy(s_keys));
    }

    [Theory]
    [Asvs("9.1.2")]
    [InlineData(SignedXml.XmlDsigRSASHA1Url, SignedXml.XmlDsigSHA256Url)]
    [InlineData(SignedXml.XmlDsigRSASHA256Url, SignedXml.XmlDsigSHA1Url)]
    public void Sha1_is_refused(string algorithm, string digest) =>
        Assert.False(Messages.Posted(Messages.Signed(Messages.AuthnRequest(), algorithm: algorithm, digest: digest))!.IsSignedBy(s_keys));

    [Fact]
    public void A_short_key_is_refused()
    {
        using var key = Messages.NewKey(1024);

        Assert.False(Messages.Posted(Messages.Signed(Messages.AuthnRequest(), key))!.IsSignedBy([key]));
        Assert.False(SamlMessage.ReadRedirect(Messages.Query(Messages.AuthnRequest(), key: key), "SAMLRequest")!.IsSignedBy([key]));
    }

    [Fact]
    public void Whatever_is_changed_afterwards_breaks_the_signature()
    {
        string Altered(Action<XmlElement> change)
        {
            var document = Messages.Signed(Messages.AuthnRequest(attributes: "ForceAuthn=\"true\""));
            change(document.DocumentElement!);
            return document.OuterXml;
        }

        string[] altered =
        [
            Altered(root => root.SetAttribute("ForceAuthn", "false")),
            Altered(root => root.SetAttribute("AssertionConsumerServiceURL", "https://evil.example")),
            Altered(root => root.FirstChild!.InnerText = "https://evil.example"),
            Altered(root => root.AppendChild(root.OwnerDocument.CreateElement("samlp", "NameIDPolicy", SamlNames.Protocol))),
            Altered(root => root["Signature", SamlNames.Signature]!["SignatureValue", SamlNames.Signature]!.InnerText = "AAAA"),
            Altered(root => root["Signature", SamlNames.Signature]!["SignedInfo", SamlNames.Signature]!.RemoveAll()),
        ];

        Assert.All(altered, xml => Assert.False(Messages.Posted(xml)!.IsSignedBy(s_keys)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#xpointer(/)")]
    [InlineData("#other")]
    public void A_signature_must_name_the_message_it_stands_in(string reference)
    {
        var other = Messages.AuthnRequest(content: "<samlp:Extensions><x ID=\"other\"/></samlp:Extensions>");

        Assert.False(Messages.Posted(Messages.Signed(other, reference: reference))!.IsSignedBy(s_keys));
    }

    [Fact]
    public void Other_transforms_are_refused_and_named()
    {
        var transform = new XmlDsigXPathTransform();
        transform.LoadInnerXml(Messages.Document("<x><XPath>true()</XPath></x>").DocumentElement!.ChildNodes);
        var message = Messages.Posted(Messages.Signed(Messages.AuthnRequest(), transform: transform))!;

        Assert.False(message.IsSignedBy(s_keys));
        Assert.Equal(SignedXml.XmlDsigXPathTransformUrl, message.UnacceptedAlgorithm());
    }

    [Theory]
    [InlineData("http://www.w3.org/TR/2001/REC-xml-c14n-20010315")]
    [InlineData("http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments")]
    [InlineData("http://www.w3.org/2001/10/xml-exc-c14n#")]
    [InlineData("http://www.w3.org/2001/10/xml-exc-c14n#WithComments")]
    public void Every_canonicalization_is_accepted_with_comments_between_values(string algorithm)
    {
        Transform transform = algorithm switch
        {
            SignedXml.XmlDsigC14NTransformUrl => new XmlDsigC14NTransform(),
            SignedXml.XmlDsigC14NWithCommentsTransformUrl => new XmlDsigC14NWithCommentsTransform(),
            SignedXml.XmlDsigExcC14NTransformUrl => new XmlDsigExcC14NTransform("saml"),
            _ => new XmlDsigExcC14NWithCommentsTransform(),
        };
        var xml = Messages.AuthnRequest(content: "<!-- by the SP --><samlp:NameIDPolicy xmlns:unused=\"urn:x\" AllowCreate=\"true\"/>");

        var signed = Messages.Signed(xml, transform: transform, canonicalization: algorithm).OuterXml;

        Assert.True(Messages.Posted(signed)!.IsSignedBy(s_keys));
        var altered = signed.Replace("AllowCreate=\"true\"", "AllowCreate=\"false\"", StringComparison.Ordinal);
        Assert.False(Messages.Posted(altered)!.IsSignedBy(s_keys));

        // A reference by id never covers comments, so they can be changed.
        Assert.True(Messages.Posted(signed.Replace("by the SP", "by another", StringComparison.Ordinal))!.IsSignedBy(s_keys));
    }

    /// <summary>The framework cannot sign with version 1.1. For a whole element its octets are those of version 1.0.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("#WithComments")]
    public void Version_1_1_has_the_octets_of_version_1_0_for_whole_elements_only(string comments)
    {
        var root = Messages.Document(Messages.AuthnRequest(content: "<!-- a --><x xmlns=\"urn:x\"/>")).DocumentElement!;

        Assert.Equal(
            XmlCanonicalizer.Canonicalize(root, $"http://www.w3.org/TR/2001/REC-xml-c14n-20010315{comments}", null),
            XmlCanonicalizer.Canonicalize(root, $"http://www.w3.org/2006/12/xml-c14n11{comments}", null)
        );
        root.SetAttribute("base", "http://www.w3.org/XML/1998/namespace", "https://sp.example/");
        var child = root["x", "urn:x"]!;
        Assert.Null(XmlCanonicalizer.Canonicalize(child, $"http://www.w3.org/2006/12/xml-c14n11{comments}", null));
        Assert.NotNull(XmlCanonicalizer.Canonicalize(child, SignedXml.XmlDsigExcC14NTransformUrl, null));
    }

    [Fact]
    public void A_comment_in_a_digest_or_signature_value_is_refused()
    {
        var signed = Messages.Signed(Messages.AuthnRequest()).OuterXml;

        foreach (var name in new[] { "DigestValue", "SignatureValue" })
        {
            Assert.True(Messages.Posted(signed)!.IsSignedBy(s_keys));
            Assert.False(
                Messages.Posted(signed.Replace($"<{name}>", $"<{name}><!--AAAA-->", StringComparison.Ordinal))!.IsSignedBy(s_keys)
            );
        }
    }

    [Theory]
    [InlineData("1.2.840.10045.3.1.7", "sha256")]
    [InlineData("1.3.132.0.34", "sha384")]
    public void A_key_on_an_elliptic_curve_signs_queries(string curve, string hash)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        using var certificate = new CertificateRequest("CN=ec", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        var query =
            $"SAMLRequest={Messages.Deflated(Messages.AuthnRequest())}"
            + $"&SigAlg={Uri.EscapeDataString($"http://www.w3.org/2001/04/xmldsig-more#ecdsa-{hash}")}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(query), new HashAlgorithmName(hash.ToUpperInvariant()));
        var message = Read($"?{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}")!;

        Assert.True(message.IsSignedBy([certificate]));
        Assert.False(message.IsSignedBy(s_keys));
        signature[0] ^= 1;
        Assert.False(Read($"?{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}")!.IsSignedBy([certificate]));
    }

    [Fact]
    public void The_algorithm_that_is_not_accepted_is_named()
    {
        var posted = Messages.Posted(Messages.Signed(Messages.AuthnRequest(), digest: SignedXml.XmlDsigSHA1Url))!;
        Assert.Equal(SignedXml.XmlDsigSHA1Url, posted.UnacceptedAlgorithm());
        Assert.Equal(
            SignedXml.XmlDsigRSASHA1Url,
            Read(Messages.Query(Messages.AuthnRequest(), algorithm: SignedXml.XmlDsigRSASHA1Url))!.UnacceptedAlgorithm()
        );
        Assert.Null(Messages.Posted(Messages.Signed(Messages.AuthnRequest()))!.UnacceptedAlgorithm());
        Assert.Equal(SignedXml.XmlDsigRSASHA1Url, XmlSignatureAlgorithms.Tell(SignedXml.XmlDsigRSASHA1Url));
        Assert.DoesNotContain("<script>", XmlSignatureAlgorithms.Tell("<script>"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_id_twice_is_no_message() =>
        Assert.Null(Messages.Posted(Messages.AuthnRequest(content: "<samlp:Extensions><x ID=\"_r1\"/></samlp:Extensions>")));

    /// <summary>The eight ways to wrap a signed message, applied to requests (Somorovsky et al., On Breaking SAML).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_signed_message_wrapped_in_another_vouches_for_nothing(int variant)
    {
        var wrapped = Wrapping.Wrap(
            Messages.Signed(Messages.LogoutRequest("minnie")),
            Messages.LogoutRequest("admin", id: "_evil"),
            variant
        );

        var message = Messages.Posted(wrapped);

        Assert.True(message is null || !message.IsSignedBy(s_keys) || LogoutRequestMessage.Read(message)?.NameId != "admin");
    }

    [Fact]
    public void A_query_is_good_as_it_was_sent_and_no_other_way()
    {
        var query = Messages.Query(Messages.AuthnRequest());

        var message = SamlMessage.ReadRedirect(query, "SAMLRequest")!;
        Assert.True(message.IsSignedBy(s_keys));
        Assert.Equal("r+s%", message.RelayState);
        Assert.False(message.IsSignedBy([Messages.NewKey()]));

        Assert.False(Read(query.Replace("RelayState=r", "RelayState=x", StringComparison.Ordinal))!.IsSignedBy(s_keys));
        Assert.False(Read(query.Replace("&RelayState=r%2Bs%25", "", StringComparison.Ordinal))!.IsSignedBy(s_keys));
        Assert.False(Read(query[..query.IndexOf("&Signature", StringComparison.Ordinal)])!.IsSignedBy(s_keys));
        Assert.False(Read(Messages.Query(Messages.AuthnRequest(), algorithm: SignedXml.XmlDsigRSASHA1Url))!.IsSignedBy(s_keys));
        Assert.False(
            Read(
                    $"?SAMLRequest={Messages.Deflated(Messages.AuthnRequest("_evil"))}{query[query.IndexOf("&RelayState", StringComparison.Ordinal)..]}"
                )!
                .IsSignedBy(s_keys)
        );
        Assert.Null(Read($"{query}&SAMLRequest={Messages.Deflated(Messages.AuthnRequest("_evil"))}"));
    }

    [Fact]
    public void An_enveloped_signature_says_nothing_in_a_query()
    {
        var query = $"?SAMLRequest={Messages.Deflated(Messages.Signed(Messages.AuthnRequest()).OuterXml)}";

        Assert.False(Read(query)!.IsSignedBy(s_keys));
    }

    private static SamlMessage? Read(string query) => SamlMessage.ReadRedirect(query, "SAMLRequest");
}
