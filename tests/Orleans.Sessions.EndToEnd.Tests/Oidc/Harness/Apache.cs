namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>Debian's Apache with mod_auth_openidc before one page, as a relying party with back-channel logout.</summary>
public sealed class Apache : IAsyncDisposable
{
    private readonly ApacheProcess _apache = new("auth_openidc", "libapache2-mod-auth-openidc");

    /// <summary>The protected page.</summary>
    public Uri Page => _apache.Page;

    public string RedirectUri => $"{_apache.Address}/protected/callback";

    public string BackChannelLogoutUri => $"{RedirectUri}?logout=backchannel";

    /// <summary>Starts Apache for a client that is registered with these addresses.</summary>
    public Task StartAsync(Uri issuer, RelyingParty client) =>
        _apache.StartAsync(
            $"""
            OIDCProviderMetadataURL {issuer.GetLeftPart(UriPartial.Authority)}/.well-known/openid-configuration
            OIDCSSLValidateServer Off
            OIDCClientID {client.Id}
            OIDCClientSecret {client.Secret}
            OIDCRedirectURI {RedirectUri}
            OIDCCryptoPassphrase {Guid.NewGuid()}
            OIDCScope "openid profile email"
            OIDCPKCEMethod S256
            OIDCRemoteUserClaim sub
            <Location /protected>
              AuthType openid-connect
              Require valid-user
            </Location>
            """
        );

    public ValueTask DisposeAsync() => _apache.DisposeAsync();
}
