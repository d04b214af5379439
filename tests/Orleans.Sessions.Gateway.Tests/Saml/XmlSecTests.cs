using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>The signatures of this service, verified by xmlsec1, an independent implementation.</summary>
public sealed class XmlSecTests : IDisposable
{
    private const string Origin = "https://id.example.com";
    private const string ResponseSignature = "/*[local-name()='Response']/*[local-name()='Signature']";
    private const string AssertionSignature = "//*[local-name()='Assertion']/*[local-name()='Signature']";
    private const string MetadataSignature = "/*[local-name()='EntityDescriptor']/*[local-name()='Signature']";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessions-xmlsec-");
    private readonly X509Certificate2 _certificate = NewCertificate();

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_response_and_its_assertion_are_signed_each_by_itself()
    {
        var response = Response();
        Assert.True(await VerifiesAsync(response.OuterXml, ResponseSignature));
        Assert.True(await VerifiesAsync(response.OuterXml, AssertionSignature));

        using var stranger = NewCertificate();
        Assert.False(await VerifiesAsync(response.OuterXml, ResponseSignature, stranger));
        Assert.False(await VerifiesAsync(response.OuterXml, AssertionSignature, stranger));
    }

    [Theory]
    [InlineData(">minnie<", ">mickey<", true)]
    [InlineData("Audience>https://shop.example", "Audience>https://evil.example", true)]
    [InlineData("urn:oasis:names:tc:SAML:2.0:status:Success", "urn:oasis:names:tc:SAML:2.0:status:Requester", false)]
    public async Task What_was_altered_is_not_signed_any_more(string text, string other, bool inAssertion)
    {
        var altered = Response().OuterXml.Replace(text, other, StringComparison.Ordinal);
        Assert.Contains(other, altered, StringComparison.Ordinal);
        Assert.False(await VerifiesAsync(altered, ResponseSignature));
        Assert.Equal(!inAssertion, await VerifiesAsync(altered, AssertionSignature));
    }

    [Fact]
    public async Task Metadata_is_signed()
    {
        var metadata = IdentityProviderMetadata
            .Create(
                $"{Origin}/saml/v2/metadata",
                Origin,
                [_certificate],
                _certificate,
                wantAuthnRequestsSigned: false,
                DateTimeOffset.UtcNow.AddDays(1),
                TimeSpan.FromHours(1)
            )
            .OuterXml;
        Assert.True(await VerifiesAsync(metadata, MetadataSignature));
        Assert.False(
            await VerifiesAsync(
                metadata.Replace($"{Origin}/saml/v2/SSO", "https://evil.example/SSO", StringComparison.Ordinal),
                MetadataSignature
            )
        );
    }

    [Theory]
    [InlineData("http://www.w3.org/TR/2001/REC-xml-c14n-20010315")]
    [InlineData("http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments")]
    [InlineData("http://www.w3.org/2006/12/xml-c14n11")]
    [InlineData("http://www.w3.org/2006/12/xml-c14n11#WithComments")]
    [InlineData("http://www.w3.org/2001/10/xml-exc-c14n#")]
    [InlineData("http://www.w3.org/2001/10/xml-exc-c14n#WithComments")]
    public async Task What_it_signs_is_verified_whatever_canonicalizes(string algorithm)
    {
        var request = $"""
            <samlp:AuthnRequest xmlns:samlp="{SamlNames.Protocol}" xmlns:saml="{SamlNames.Assertion}" ID="_r1" Version="2.0" IssueInstant="2026-11-24T10:00:00Z">
              <saml:Issuer>https://sp.example</saml:Issuer><ds:Signature xmlns:ds="{SamlNames.Signature}"><ds:SignedInfo>
              <ds:CanonicalizationMethod Algorithm="{algorithm}"/>
              <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
              <ds:Reference URI="#_r1"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
              <ds:Transform Algorithm="{algorithm}"/></ds:Transforms>
              <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>
              <ds:SignatureValue/></ds:Signature><!-- made by the SP --><samlp:NameIDPolicy AllowCreate="true"/></samlp:AuthnRequest>
            """;
        var (template, key, output) = (
            Path.Combine(_folder.FullName, "template.xml"),
            Path.Combine(_folder.FullName, "key.pem"),
            Path.Combine(_folder.FullName, "signed.xml")
        );
        using var rsa = _certificate.GetRSAPrivateKey()!;
        await File.WriteAllTextAsync(template, request, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await EnsureInstalledAsync();
        Assert.Equal(
            0,
            await RunAsync(
                "xmlsec1",
                "--sign",
                "--privkey-pem",
                key,
                "--id-attr:ID",
                $"{SamlNames.Protocol}:AuthnRequest",
                "--output",
                output,
                template
            )
        );
        var signed = await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken);

        Assert.True(Read(signed).IsSignedBy([_certificate]));
        var altered = signed.Replace("AllowCreate=\"true\"", "AllowCreate=\"false\"", StringComparison.Ordinal);
        Assert.False(Read(altered).IsSignedBy([_certificate]));
    }

    /// <summary>The message in a form. <c>xmlsec1</c> begins with an XML declaration.</summary>
    private static SamlMessage Read(string xml) =>
        SamlMessage.ReadPost(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(xml)), relayState: null)!;

    private XmlDocument Response() =>
        SamlResponses.Success(
            new SamlAssertion
            {
                Issuer = $"{Origin}/saml/v2/metadata",
                Destination = "https://shop.example/acs",
                Audience = "https://shop.example",
                InResponseTo = "_request",
                NameId = "minnie",
                NameIdFormat = NameIdFormats.EmailAddress,
                Now = DateTimeOffset.UtcNow,
                Lifetime = TimeSpan.FromMinutes(5),
                AuthenticatedAt = DateTimeOffset.UtcNow,
                SessionIndex = "_session",
                ContextClass = SamlNames.PasswordProtectedTransport,
                Attributes = [new SamlAttribute("Email", ["minnie@example.com"])],
            },
            encryption: null,
            new MessageSigner(_certificate)
        );

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=id.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
    }

    private async Task<bool> VerifiesAsync(string xml, string signature, X509Certificate2? certificate = null)
    {
        var (message, trusted) = (Path.Combine(_folder.FullName, "message.xml"), Path.Combine(_folder.FullName, "certificate.pem"));
        await File.WriteAllTextAsync(message, xml, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(trusted, (certificate ?? _certificate).ExportCertificatePem(), TestContext.Current.CancellationToken);
        await EnsureInstalledAsync();
        return await RunAsync(
                "xmlsec1",
                "--verify",
                "--enabled-key-data",
                "rsa",
                "--pubkey-cert-pem",
                trusted,
                "--id-attr:ID",
                $"{SamlNames.Protocol}:Response",
                "--id-attr:ID",
                $"{SamlNames.Assertion}:Assertion",
                "--id-attr:ID",
                $"{SamlNames.Metadata}:EntityDescriptor",
                "--node-xpath",
                signature,
                message
            ) == 0;
    }

    /// <summary>Installs Debian's package if it is missing and the user is root.</summary>
    private static async Task EnsureInstalledAsync()
    {
        if (!File.Exists("/usr/bin/xmlsec1"))
        {
            await RunAsync("apt-get", "-o", "DPkg::Lock::Timeout=120", "-q", "update");
            Assert.Equal(
                0,
                await RunAsync("apt-get", "-o", "DPkg::Lock::Timeout=120", "-q", "install", "-y", "--no-install-recommends", "xmlsec1")
            );
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
