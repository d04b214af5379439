using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Orleans.Sessions.EndToEnd.Saml.Harness;

/// <summary>A service provider written out by hand, so that it can also do what no library would.</summary>
public sealed class HandWrittenProvider(Api admin) : IDisposable
{
    private const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    public SpKey Key { get; } = new();

    public string EntityId { get; } = $"https://{Unique("sp")}.example.com";

    public string Acs => $"{EntityId}/acs";

    /// <summary>Registers it; every request must be signed.</summary>
    public async Task RegisterAsync() => (await admin.PostAsync("/v2/saml/service_providers", new
    {
        settings = new
        {
            name = "By hand",
            entityId = EntityId,
            assertionConsumerServices = new[] { new { location = Acs, binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", isDefault = true } },
            signingCertificates = new[] { Key.CertificatePem },
            requireSignedRequests = true,
        },
    })).Expect(201);

    /// <summary>An authentication request.</summary>
    public string Request(string? id = null, DateTimeOffset? at = null, string? acs = null, string? destination = null) => $"""
        <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id ?? $"_{Guid.NewGuid():N}"}" Version="2.0" IssueInstant="{at ?? DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}" Destination="{destination ?? $"{admin.Host.Address}saml/v2/SSO"}" AssertionConsumerServiceURL="{acs ?? Acs}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>{EntityId}</saml:Issuer></samlp:AuthnRequest>
        """;

    /// <summary>The path and query that carry a request, signed by its own or by another key.</summary>
    public string Redirect(string request, SpKey? by = null, string relayState = "relay")
    {
        var query = $"SAMLRequest={Uri.EscapeDataString(Convert.ToBase64String(Deflate(request)))}&RelayState={Uri.EscapeDataString(relayState)}&SigAlg={Uri.EscapeDataString(RsaSha256)}";
        return $"/saml/v2/SSO?{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String((by ?? Key).Sign(Encoding.ASCII.GetBytes(query))))}";
    }

    /// <summary>The path and query that carry a request nobody has signed.</summary>
    public static string Unsigned(string request) => QueryHelpers.AddQueryString("/saml/v2/SSO", "SAMLRequest", Convert.ToBase64String(Deflate(request)));

    public void Dispose() => Key.Dispose();

    private static byte[] Deflate(string text)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return deflated.ToArray();
    }
}
