namespace Orleans.Sessions.EndToEnd.Saml.Harness;

/// <summary>Debian's Apache with mod_auth_mellon before one page.</summary>
public sealed class Mellon : IAsyncDisposable
{
    private readonly ApacheProcess _apache = new("auth_mellon", "libapache2-mod-auth-mellon");
    private readonly SpKey _key = new();

    /// <summary>The protected page.</summary>
    public Uri Page => _apache.Page;

    /// <summary>The URL at which a browser logs out. Afterwards Mellon sends the browser to the open page.</summary>
    public Uri Logout => new($"{_apache.Address}/mellon/logout?ReturnTo={Uri.EscapeDataString($"{_apache.Address}/open")}");

    /// <summary>The metadata with which Mellon is registered.</summary>
    public string Metadata =>
        $"""
            <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{_apache.Address}/mellon/metadata"><SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{_key.CertificateBase64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{_apache.Address}/mellon/logout"/><NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat><AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{_apache.Address}/mellon/postResponse"/></SPSSODescriptor></EntityDescriptor>
            """;

    /// <summary>
    /// Starts Apache with the metadata of the identity provider. It sends its requests by the first binding in the metadata.
    /// </summary>
    public Task StartAsync(string identityProvider) =>
        _apache.StartAsync(
            $"""
            <Location />
              MellonEnable info
              MellonEndpointPath /mellon
              MellonSPPrivateKeyFile {_apache.InFolder("sp.key")}
              MellonSPCertFile {_apache.InFolder("sp.pem")}
              MellonSPMetadataFile {_apache.InFolder("sp.xml")}
              MellonIdPMetadataFile {_apache.InFolder("idp.xml")}
              MellonSignatureMethod rsa-sha256
              MellonUser NAME_ID
            </Location>
            <Location /protected>
              AuthType Mellon
              MellonEnable auth
              Require valid-user
            </Location>
            """,
            ("www/open", "open page"),
            ("idp.xml", identityProvider),
            ("sp.xml", Metadata),
            ("sp.key", _key.KeyPem),
            ("sp.pem", _key.CertificatePem)
        );

    public async ValueTask DisposeAsync()
    {
        await _apache.DisposeAsync();
        _key.Dispose();
    }
}
