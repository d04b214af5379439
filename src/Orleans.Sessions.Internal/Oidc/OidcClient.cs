using System.Collections.Immutable;
using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Oidc;

/// <summary>An application that logs people in through this service, or a service that introspects tokens.</summary>
[GenerateSerializer, Immutable, Alias("sessions.OidcClient")]
public sealed record OidcClient
{
    /// <summary>
    /// The client id, 1 to 200 characters: letters, digits and <c>-._~@</c>. It must not be <see cref="OidcScopes.Api"/>, which names this
    /// service's own API.
    /// </summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The name that people see.</summary>
    [Id(1)]
    public string Name { get; init; } = "";

    /// <summary>How the client authenticates at the token endpoint.</summary>
    [Id(2)]
    public ClientAuthentication Authentication { get; init; }

    /// <summary>SHA-256 of the client secret; <c>null</c> if the client has no secret.</summary>
    [Id(3)]
    public ImmutableArray<byte>? SecretHash { get; init; }

    /// <summary>
    /// The client's public keys as a JSON Web Key Set, for <see cref="ClientAuthentication.PrivateKeyJwt"/>,
    /// <see cref="ClientAuthentication.SelfSignedTlsClientAuth"/> and signed requests.
    /// </summary>
    [Id(4)]
    public string? JsonWebKeys { get; init; }

    /// <summary>
    /// The addresses to which people may be sent back. They are compared character by character. For a public client on a loopback address,
    /// the port may differ (RFC 8252).
    /// </summary>
    [Id(5)]
    public ImmutableArray<string> RedirectUris { get; init; } = [];

    /// <summary>The addresses to which people may be sent after a logout. They are compared character by character.</summary>
    [Id(6)]
    public ImmutableArray<string> PostLogoutRedirectUris { get; init; } = [];

    /// <summary>The login frontend for this client; <c>null</c> uses the service's own setting.</summary>
    [Id(7)]
    public string? LoginUri { get; init; }

    /// <summary>The address at which the client receives notifications of ended sessions (OpenID Connect back-channel logout).</summary>
    [Id(8)]
    public string? BackChannelLogoutUri { get; init; }

    /// <summary>The OAuth grant types that the client may use.</summary>
    [Id(9)]
    public ImmutableArray<string> GrantTypes { get; init; } = [OidcGrantTypes.AuthorizationCode];

    /// <summary>
    /// The scopes that the client may ask for in addition to those of OpenID Connect and of this service. They include the additional
    /// audiences of its tokens: <see cref="OidcScopes.ApiAudience"/> for this service's own API,
    /// <c>urn:zitadel:iam:org:project:id:{client}:aud</c> for the API of another client.
    /// </summary>
    [Id(10)]
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>The form of the client's access tokens.</summary>
    [Id(11)]
    public AccessTokenType AccessTokenType { get; init; }

    /// <summary>
    /// The lowest assurance level of a login for this client (<see cref="AuthenticationContext"/>); <c>null</c> means one factor.
    /// </summary>
    [Id(12)]
    public string? MinimumAcr { get; init; }

    /// <summary>Whether the client must push its authorization requests first (RFC 9126).</summary>
    [Id(13)]
    public bool RequirePushedRequests { get; init; }

    /// <summary>The user id of a login frontend that may complete the client's requests without <c>session.link</c>.</summary>
    [Id(14)]
    public string? LoginClientId { get; init; }

    /// <summary>Whether the client comes from the configuration. Then only the configuration can change it.</summary>
    [Id(15)]
    public bool IsConfigured { get; init; }

    /// <summary>When the client was created.</summary>
    [Id(16)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the client was last changed.</summary>
    [Id(17)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>
    /// Whether the client's authorization requests must use PKCE (RFC 7636); <c>null</c> uses the service's own setting. Public clients
    /// must always use PKCE.
    /// </summary>
    [Id(18)]
    public bool? RequirePkce { get; init; }

    /// <summary>
    /// The audiences of every access token of the client besides the client and its project: ids of clients and projects, and absolute
    /// URIs. <c>null</c> means none. This service's own API is never one of them: it needs a scope.
    /// </summary>
    [Id(45)]
    public ImmutableArray<string>? Audiences { get; init; }

    /// <summary>
    /// The address of the client's JSON Web Key Set, in place of <see cref="JsonWebKeys"/>; <c>null</c> if the keys are here.
    /// </summary>
    [Id(46)]
    public string? JwksUri { get; init; }

    /// <summary>The project that the client is an application of; <c>null</c> if it belongs to none.</summary>
    [Id(20)]
    public string? ProjectId { get; init; }

    /// <summary>What kind of application it is, for administrators; <c>null</c> if nobody has said so.</summary>
    [Id(21)]
    public ApplicationKind? Kind { get; init; }

    /// <summary>Whether the client is treated as if it did not exist.</summary>
    [Id(22)]
    public bool IsInactive { get; init; }

    /// <summary>Whether JWT access tokens contain the person's roles in projects, if they are asserted or asked for.</summary>
    [Id(23)]
    public bool HasRolesInAccessTokens { get; init; }

    /// <summary>Whether ID tokens contain the person's roles in projects, if they are asserted or asked for.</summary>
    [Id(24)]
    public bool HasRolesInIdTokens { get; init; }

    /// <summary>Whether ID tokens contain the claims about the person that the scopes ask for.</summary>
    [Id(25)]
    public bool HasUserInfoInIdTokens { get; init; }

    /// <summary>Whether people may be sent back to addresses without TLS.</summary>
    [Id(26)]
    public bool IsInDevelopment { get; init; }

    /// <summary>Tolerance for the client's clock: ID tokens begin this much earlier and end this much later. Up to 5 seconds.</summary>
    [Id(27)]
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Further origins from which scripts call the protocol's endpoints, for administrators: every origin may.</summary>
    [Id(28)]
    public ImmutableArray<string>? AdditionalOrigins { get; init; }

    /// <summary>Whether login pages should not show a page after the login of a native application.</summary>
    [Id(29)]
    public bool SkipsSuccessPage { get; init; }

    /// <summary>
    /// The client's public keys that this service made, for <see cref="ClientAuthentication.PrivateKeyJwt"/>; <c>null</c> means none.
    /// </summary>
    [Id(30)]
    public ImmutableArray<ApplicationKey>? Keys { get; init; }

    /// <summary>The address of the client's logo, for login pages; <c>null</c> if it has none.</summary>
    [Id(31)]
    public string? LogoUri { get; init; }

    /// <summary>Whether the client may exchange tokens in the name of one user for another one, who acts (RFC 8693 §4.1).</summary>
    [Id(32)]
    public bool AllowsActors { get; init; }

    /// <summary>The claims about users that the client gets in addition to those of the protocol; <c>null</c> means none.</summary>
    [Id(33)]
    public ImmutableArray<ClaimRule>? Claims { get; init; }

    /// <summary>Whether the client's tokens must be bound to a key, and how. A profile may demand it all the same.</summary>
    [Id(34)]
    public SenderConstraint SenderConstraint { get; init; }

    /// <summary>The security profile that the client follows.</summary>
    [Id(35)]
    public ClientProfile Profile { get; init; }

    /// <summary>
    /// The algorithm (RFC 7518 §3.1) of the client's ID tokens, as long as a key of that kind is published; <c>null</c> means that of the
    /// key that signs for everybody.
    /// </summary>
    [Id(36)]
    public string? IdTokenAlgorithm { get; init; }

    /// <summary>
    /// The address that the logout page shows in a frame (OpenID Connect Front-Channel Logout 1.0); <c>null</c> if the client has none.
    /// </summary>
    [Id(37)]
    public string? FrontChannelLogoutUri { get; init; }

    /// <summary>Whether the client relies on <c>iss</c> and <c>sid</c> in that address. They are always there.</summary>
    [Id(38)]
    public bool RequiresFrontChannelSession { get; init; }

    /// <summary>
    /// The resources that the client may name as the audiences of its tokens (RFC 8707); <c>null</c> or empty: what it names is ignored.
    /// </summary>
    [Id(39)]
    public ImmutableArray<string>? Resources { get; init; }

    /// <summary>
    /// SHA-256 of the token with which the client changes its registration (RFC 7592); <c>null</c> if the client did not register itself.
    /// </summary>
    [Id(40)]
    public ImmutableArray<byte>? RegistrationTokenHash { get; init; }

    /// <summary>
    /// What the client said about itself when it registered, and what has no effect, as a JSON object that it reads back; <c>null</c> if
    /// that is nothing.
    /// </summary>
    [Id(41)]
    public string? RegisteredNotes { get; init; }

    /// <summary>Whether userinfo answers the client with a signed JWT.</summary>
    [Id(42)]
    public bool IsUserInfoSigned { get; init; }

    /// <summary>
    /// The algorithm (RFC 7518 §3.1) with which the client signs its request objects (RFC 9101); <c>null</c> means any that is accepted
    /// here.
    /// </summary>
    [Id(47)]
    public string? RequestObjectAlgorithm { get; init; }

    /// <summary>Whether the client must send the parameters of its authorization requests in signed request objects.</summary>
    [Id(48)]
    public bool RequiresSignedRequests { get; init; }

    /// <summary>
    /// The name that the client's certificate has, for <see cref="ClientAuthentication.TlsClientAuth"/>; otherwise <c>null</c>.
    /// </summary>
    [Id(51)]
    public CertificateName? CertificateName { get; init; }

    /// <summary>
    /// The algorithm (RFC 7518 §3.1) of the client's JWT access tokens, as long as a key of that kind is published; <c>null</c> means that
    /// of the key that signs for everybody.
    /// </summary>
    [Id(52)]
    public string? AccessTokenAlgorithm { get; init; }

    /// <summary>
    /// Whether something that was made for <paramref name="clientId"/> was made for this registration. A client that was deleted and
    /// registered again under the same id is another registration. Anything without a date belongs to no registration.
    /// </summary>
    /// <param name="clientId">The client id.</param>
    /// <param name="registeredAt">When that client was registered; <c>null</c> is no registration.</param>
    public bool IsRegistration(string clientId, DateTimeOffset? registeredAt) => Id == clientId && registeredAt == CreatedAt;

    /// <summary>What kind of application it is, judged by its settings if nobody has said so.</summary>
    public ApplicationKind GetKind() =>
        Kind
        ?? (
            GrantTypes.IsEmpty ? ApplicationKind.Api
            : Authentication == ClientAuthentication.None ? ApplicationKind.UserAgent
            : ApplicationKind.Web
        );

    /// <summary>Whether the client follows the FAPI 2.0 security profile.</summary>
    public bool IsFapi() => Profile == ClientProfile.Fapi2;

    /// <summary>Whether the client must prove a key when it asks for tokens (RFC 9449). The profile demands it of its own accord.</summary>
    public bool DemandsDpop() => SenderConstraint == SenderConstraint.Dpop || (IsFapi() && SenderConstraint == SenderConstraint.None);

    /// <summary>Whether the client must show a certificate when it asks for tokens, to which they are then bound (RFC 8705).</summary>
    public bool DemandsCertificate() => SenderConstraint == SenderConstraint.Certificate;

    /// <summary>Whether the client authenticates with a secret.</summary>
    public bool HasSecret() => Authentication is ClientAuthentication.SecretBasic or ClientAuthentication.SecretPost;

    /// <summary>Whether the client has registered keys.</summary>
    public bool HasKeys() =>
        Authentication is ClientAuthentication.PrivateKeyJwt or ClientAuthentication.SelfSignedTlsClientAuth || SignsRequests();

    /// <summary>Whether the client authenticates with a TLS certificate.</summary>
    public bool HasCertificate() => Authentication is ClientAuthentication.TlsClientAuth or ClientAuthentication.SelfSignedTlsClientAuth;

    /// <summary>Whether the client must push its authorization requests.</summary>
    public bool DemandsPushedRequests() => RequirePushedRequests || IsFapi();

    /// <summary>The algorithms that the client's ID tokens should have, best first; empty means any.</summary>
    public ImmutableArray<string> WantedIdTokenAlgorithms() => Wanted(IdTokenAlgorithm);

    /// <summary>The algorithms that the client's JWT access tokens should have, best first; empty means any.</summary>
    public ImmutableArray<string> WantedAccessTokenAlgorithms() => Wanted(AccessTokenAlgorithm);

    /// <summary>Whether the client may get tokens that are signed by this algorithm because it wants them so.</summary>
    public bool Wants(string algorithm) =>
        WantedIdTokenAlgorithms().Contains(algorithm) || WantedAccessTokenAlgorithms().Contains(algorithm);

    /// <summary>Whether the registration says that the client signs its requests. Then it has keys, however it authenticates.</summary>
    public bool SignsRequests() => RequestObjectAlgorithm is not null || RequiresSignedRequests;

    /// <summary>Whether the client may use a grant type.</summary>
    public bool Allows(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);

    /// <summary>FAPI 2.0 security profile §5.4.1.</summary>
    private ImmutableArray<string> Wanted(string? algorithm) =>
        algorithm is not null ? [algorithm]
        : IsFapi() ? ["ES256", "PS256"]
        : [];
}
