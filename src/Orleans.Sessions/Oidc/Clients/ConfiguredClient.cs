using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>A client of the configuration; <see cref="OidcClient"/> describes the values.</summary>
public sealed class ConfiguredClient
{
    private const int MinSecretLength = 24;

    /// <summary>The client id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name shown to people.</summary>
    public string Name { get; set; } = "";

    /// <summary>The secret, at least 24 characters; only its hash is stored.</summary>
    public string? Secret { get; set; }

    /// <summary>
    /// How the client authenticates. Default: with the secret if there is one, with keys if there are keys, otherwise not at all (a public
    /// client).
    /// </summary>
    public ClientAuthentication? Authentication { get; set; }

    /// <summary>
    /// The name in the client's certificate, for <c>TlsClientAuth</c>, such as <c>CN=shop,O=Example</c>. The certificate comes from one of
    /// the authorities in <c>Sessions:Oidc:MutualTls:Authorities</c>.
    /// </summary>
    public string? CertificateName { get; set; }

    /// <summary>
    /// Where in the certificate that name is: <c>SubjectDn</c>, <c>SanDns</c>, <c>SanUri</c>, <c>SanIp</c> or <c>SanEmail</c>.
    /// </summary>
    public CertificateNameKind CertificateNameKind { get; set; }

    /// <summary>Public keys, a JSON Web Key Set, for <c>PrivateKeyJwt</c> and <c>SelfSignedTlsClientAuth</c>.</summary>
    public string? JsonWebKeys { get; set; }

    /// <summary>The address of the public keys, in place of <c>JsonWebKeys</c>: https, or http on this machine.</summary>
    public string? JwksUri { get; set; }

    /// <summary>The allowed redirect URIs after a login.</summary>
    public IList<string> RedirectUris { get; } = [];

    /// <summary>The allowed redirect URIs after a logout.</summary>
    public IList<string> PostLogoutRedirectUris { get; } = [];

    /// <summary>Whether redirect URIs may have no TLS, for development.</summary>
    public bool Development { get; set; }

    /// <summary>The login frontend of this client.</summary>
    public string? LoginUri { get; set; }

    /// <summary>The URL at which the client is notified that a session ended.</summary>
    public string? BackChannelLogoutUri { get; set; }

    /// <summary>
    /// The URL that the logout page shows in a frame when a session ends by a logout in the browser. It has the origin of a redirect URI.
    /// </summary>
    public string? FrontChannelLogoutUri { get; set; }

    /// <summary>Whether the client relies on <c>iss</c> and <c>sid</c> in that URL. They are always there.</summary>
    public bool FrontChannelLogoutSessionRequired { get; set; }

    /// <summary>The grant types. Default: <c>authorization_code</c> if there are redirect URIs.</summary>
    public IList<string> GrantTypes { get; } = [];

    /// <summary>
    /// The client's own scopes, and the audiences that its tokens may have in addition to the client
    /// (<c>urn:zitadel:iam:org:project:id:{audience}:aud</c>).
    /// </summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>
    /// The resources that the client may name as the only audiences of its tokens (RFC 8707). Without any, what it names is ignored.
    /// </summary>
    public IList<string> Resources { get; } = [];

    /// <summary>The form of access tokens.</summary>
    public AccessTokenType AccessTokenType { get; set; }

    /// <summary>The audiences of every access token besides the client: ids of clients and projects, and absolute URIs.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>Whether userinfo answers with a signed JWT.</summary>
    public bool UserInfoSigned { get; set; }

    /// <summary>The minimum assurance of a login.</summary>
    public string? MinimumAcr { get; set; }

    /// <summary>Whether requests must be pushed.</summary>
    public bool RequirePushedRequests { get; set; }

    /// <summary>Whether requests must use PKCE. Default: <c>Sessions:Oidc:RequirePkce</c>. Public clients always must.</summary>
    public bool? RequirePkce { get; set; }

    /// <summary>The login frontend's user id.</summary>
    public string? LoginClientId { get; set; }

    /// <summary>Whether the client may exchange tokens with an <c>actor_token</c>.</summary>
    public bool AllowActors { get; set; }

    /// <summary>The address of the logo shown to people: https, or http on the person's own machine.</summary>
    public string? LogoUri { get; set; }

    /// <summary>
    /// Whether every request for tokens needs a DPoP proof (<c>Dpop</c>, RFC 9449) or a TLS client certificate (<c>Certificate</c>, RFC
    /// 8705), to which the tokens are then bound.
    /// </summary>
    public SenderConstraint SenderConstraint { get; set; }

    /// <summary>
    /// The security profile. <c>Fapi2</c> demands keys for authentication, pushed requests, PKCE and DPoP, all by itself.
    /// <c>SenderConstraint</c> <c>Certificate</c> replaces DPoP.
    /// </summary>
    public ClientProfile Profile { get; set; }

    /// <summary>
    /// The algorithm of ID tokens, such as <c>ES256</c>, as long as a key of that kind is published. Default: that of the key that signs
    /// for everybody.
    /// </summary>
    public string? IdTokenSignedResponseAlg { get; set; }

    /// <summary>The algorithm of JWT access tokens, by the same rules.</summary>
    public string? AccessTokenSignedResponseAlg { get; set; }

    /// <summary>
    /// The algorithm with which the client signs its request objects, such as <c>ES256</c>. Default: any. With this or the next key, the
    /// client has public keys, however it authenticates.
    /// </summary>
    public string? RequestObjectSigningAlg { get; set; }

    /// <summary>Whether the parameters of authorization requests must come in signed request objects (RFC 9101).</summary>
    public bool RequireSignedRequestObject { get; set; }

    /// <summary>The client in the form of the registry.</summary>
    public OidcClient ToClient() =>
        new()
        {
            Id = Id,
            Name = Name,
            Authentication = Authentication
                ?? (
                    Secret is not null ? ClientAuthentication.SecretBasic
                    : (JsonWebKeys ?? JwksUri) is not null ? ClientAuthentication.PrivateKeyJwt
                    : ClientAuthentication.None
                ),
            SecretHash = Secret is null ? null : [.. TokenHash.Of(Secret)],
            CertificateName = CertificateName is null ? null : new CertificateName(CertificateNameKind, CertificateName),
            JsonWebKeys = JsonWebKeys,
            JwksUri = JwksUri,
            Audiences = Audiences.Count > 0 ? [.. Audiences] : null,
            RedirectUris = [.. RedirectUris],
            PostLogoutRedirectUris = [.. PostLogoutRedirectUris],
            IsInDevelopment = Development,
            LoginUri = LoginUri,
            BackChannelLogoutUri = BackChannelLogoutUri,
            FrontChannelLogoutUri = FrontChannelLogoutUri,
            RequiresFrontChannelSession = FrontChannelLogoutSessionRequired,
            GrantTypes =
                GrantTypes.Count > 0 ? [.. GrantTypes]
                : RedirectUris.Count > 0 ? [OidcGrantTypes.AuthorizationCode]
                : [],
            Scopes = [.. Scopes],
            Resources = Resources.Count > 0 ? [.. Resources] : null,
            AccessTokenType = AccessTokenType,
            IsUserInfoSigned = UserInfoSigned,
            MinimumAcr = MinimumAcr is null ? null : AuthenticationContext.Normalize(MinimumAcr) ?? MinimumAcr,
            RequirePushedRequests = RequirePushedRequests,
            RequirePkce = RequirePkce,
            LoginClientId = LoginClientId,
            LogoUri = LogoUri,
            AllowsActors = AllowActors,
            SenderConstraint = SenderConstraint,
            Profile = Profile,
            IdTokenAlgorithm = IdTokenSignedResponseAlg,
            AccessTokenAlgorithm = AccessTokenSignedResponseAlg,
            RequestObjectAlgorithm = RequestObjectSigningAlg,
            RequiresSignedRequests = RequireSignedRequestObject,
        };

    /// <summary>The fault of this configuration; <c>null</c> if it is valid.</summary>
    internal string? Fault()
    {
        if (Secret is { Length: < MinSecretLength })
        {
            return $"the secret of '{Id}' must have at least {MinSecretLength} characters";
        }

        try
        {
            ClientRules.EnsureValid(ToClient());
            return null;
        }
        catch (SessionException exception)
        {
            return $"client '{Id}': {exception.Text}";
        }
    }
}
