using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.WebUtilities;

namespace Orleans.Sessions.EndToEnd.Saml.Harness;

/// <summary>
/// A message as the service provider receives it. Its signatures have been verified with the certificates of the metadata.
/// </summary>
public sealed partial class ReceivedMessage
{
    private readonly XmlNamespaceManager _names;
    private readonly XmlDocument _document;

    private ReceivedMessage(string xml, string? relayState)
    {
        (_document, RelayState) = (new XmlDocument { PreserveWhitespace = true }, relayState);
        _document.LoadXml(xml);
        _names = new XmlNamespaceManager(_document.NameTable);
        _names.AddNamespace("p", TestServiceProvider.Protocol);
        _names.AddNamespace("a", TestServiceProvider.Assertion);
        _names.AddNamespace("d", SignedXml.XmlDsigNamespaceUrl);
        _names.AddNamespace("m", "urn:oasis:names:tc:SAML:2.0:metadata");
    }

    public string? RelayState { get; }

    /// <summary>The last part of the top-level status code.</summary>
    public string Status => Last("/*/p:Status/p:StatusCode/@Value");

    /// <summary>The last part of the second-level status code.</summary>
    public string Detail => Last("/*/p:Status/p:StatusCode/p:StatusCode/@Value");

    public string NameId => Text("/p:Response/a:Assertion/a:Subject/a:NameID");

    public string SessionIndex => Text("/p:Response/a:Assertion/a:AuthnStatement/@SessionIndex");

    public string ContextClass => Text("/p:Response/a:Assertion/a:AuthnStatement/a:AuthnContext/a:AuthnContextClassRef");

    /// <summary>The text of the only node that matches.</summary>
    public string Text(string path)
    {
        var nodes = _document.SelectNodes(path, _names)!;
        Assert.True(nodes.Count == 1, $"{path} is there {nodes.Count} times in {_document.OuterXml}");
        return nodes[0]!.InnerText;
    }

    public bool Has(string path) => _document.SelectSingleNode(path, _names) is not null;

    public string Attribute(string name) =>
        Text($"/p:Response/a:Assertion/a:AttributeStatement/a:Attribute[@Name='{name}']/a:AttributeValue");

    /// <summary>The certificates in the metadata. One of them must have signed the metadata.</summary>
    public static async Task<List<X509Certificate2>> CertificatesAsync(Api browser)
    {
        var metadata = new ReceivedMessage((await browser.GetAsync("/saml/v2/metadata")).Expect(200).Body, null);
        var certificates = metadata
            ._document.SelectNodes(
                "/m:EntityDescriptor/m:IDPSSODescriptor/m:KeyDescriptor[@use='signing']//d:X509Certificate",
                metadata._names
            )!
            .Cast<XmlNode>()
            .Select(node => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(node.InnerText)))
            .ToList();
        metadata.EnsureSigned("/m:EntityDescriptor", certificates);
        return certificates;
    }

    /// <summary>A posted message.</summary>
    public static async Task<ReceivedMessage> PostedAsync(Api browser, string value, string? relayState = null)
    {
        var message = new ReceivedMessage(Encoding.UTF8.GetString(Convert.FromBase64String(value)), relayState);
        var certificates = await CertificatesAsync(browser);
        message.EnsureSigned("/*", certificates);
        if (message.Has("/p:Response/a:Assertion"))
        {
            message.EnsureSigned("/p:Response/a:Assertion", certificates);
        }

        return message;
    }

    /// <summary>The message that a browser brings to an address, by either binding.</summary>
    public static Task<ReceivedMessage> OfAsync(Api browser, Reply reply, string address, string field = "SAMLResponse") =>
        reply.Status == 302 ? OfUrlAsync(browser, reply.Header("Location")!, address, field) : OfPageAsync(browser, reply, address, field);

    /// <summary>A message on a page that posts it.</summary>
    public static async Task<ReceivedMessage> OfPageAsync(Api browser, Reply page, string action, string field = "SAMLResponse")
    {
        var html = page.Expect(200).Body;
        Assert.Contains($"action=\"{WebUtility.HtmlEncode(action)}\"", html, StringComparison.Ordinal);
        var fields = Fields()
            .Matches(html)
            .ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
        return await PostedAsync(browser, fields[field], fields.GetValueOrDefault("RelayState"));
    }

    /// <summary>A message in the query of a redirect.</summary>
    public static async Task<ReceivedMessage> OfUrlAsync(Api browser, string url, string address, string field = "SAMLResponse")
    {
        Assert.StartsWith($"{address}?", url, StringComparison.Ordinal);
        var query = new Uri(url).Query.TrimStart('?');
        var values = QueryHelpers.ParseQuery(query);
        var signed = Encoding.ASCII.GetBytes(query[..query.IndexOf("&Signature=", StringComparison.Ordinal)]);
        var signature = Convert.FromBase64String(values["Signature"].ToString());
        Assert.Contains(await CertificatesAsync(browser), certificate =>
            certificate.GetRSAPublicKey()!.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
        using var inflated = new StreamReader(
            new DeflateStream(new MemoryStream(Convert.FromBase64String(values[field].ToString())), CompressionMode.Decompress)
        );
        return new ReceivedMessage(
            await inflated.ReadToEndAsync(TestContext.Current.CancellationToken),
            values.TryGetValue("RelayState", out var state) ? state.ToString() : null
        );
    }

    /// <summary>The message in an envelope. Its signature, and that of its assertion, must be valid.</summary>
    public static Task<ReceivedMessage> InEnvelopeAsync(Api browser, Reply reply)
    {
        Assert.StartsWith("text/xml", reply.Expect(200).Header("Content-Type"), StringComparison.Ordinal);
        var envelope = new XmlDocument { PreserveWhitespace = true };
        envelope.LoadXml(reply.Body);
        return PostedAsync(browser, Encoded((XmlElement)envelope.DocumentElement!.SelectSingleNode("*[local-name()='Body']/*")!));
    }

    /// <summary>The answer behind an artifact; <c>null</c> if there is none.</summary>
    public static async Task<ReceivedMessage?> ResolvedAsync(Api browser, Reply reply)
    {
        var response = await InEnvelopeAsync(browser, reply);
        Assert.Equal("Success", response.Status);
        return response._document.SelectSingleNode("/p:ArtifactResponse/p:Response", response._names) is XmlElement answer
            ? await PostedAsync(browser, Encoded(answer))
            : null;
    }

    private static string Encoded(XmlElement message) => Convert.ToBase64String(Encoding.UTF8.GetBytes(message.OuterXml));

    private void EnsureSigned(string path, List<X509Certificate2> certificates)
    {
        var element = (XmlElement)_document.SelectSingleNode(path, _names)!;
        var signed = new SignedXml(element);
        signed.LoadXml((XmlElement)element.SelectSingleNode("d:Signature", _names)!);
        Assert.Equal($"#{element.GetAttribute("ID")}", Assert.Single(signed.SignedInfo!.References.Cast<Reference>()).Uri);
        Assert.Contains(certificates, certificate => signed.CheckSignature(certificate.GetRSAPublicKey()!));
    }

    private string Last(string path) => Text(path).Split(':')[^1];

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Fields();
}
