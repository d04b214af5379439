using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Oidc.RequestObjects;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// OpenIddict's own checks of requests: which are on, which are off, and why. Each is a handler whose name begins with <c>Validate</c>. A
/// test compares the rows with the handlers of the library and with the configuration, so it shows each check that a new version of
/// OpenIddict brings: somebody decides about it here before clients meet it.
/// <para>
/// Three things switch a check off: the stateless mode, in which OpenIddict has no database; the validations of scopes, audiences and
/// resources, which <see cref="OidcExtensions"/> disables; and <see cref="Removed"/>.
/// </para>
/// </summary>
internal static class OidcChecks
{
    private const string Raises = "It raises the events of its endpoint, in which the other checks run.";
    private const string Authenticates = "It has the codes and tokens of the request read and the client authenticated.";
    private const string Reads = "It has a token or code of the request read.";

    /// <summary>The checks, by endpoint.</summary>
    public static IReadOnlyList<OidcCheck> All { get; } =
    [
        // Every endpoint: who asks, and what they present.
        On("It refuses faults of this service's own code.", typeof(ValidateAuthenticationDemand)),
        On("It refuses faults of this service's own code.", typeof(ValidateChallengeDemand)),
        On("It refuses faults of this service's own code.", typeof(ValidateSignInDemand)),
        On("It refuses faults of this service's own code.", typeof(ValidateSignOutDemand)),
        On("A request without the code or token that it is about has nothing to do.", typeof(ValidateRequiredTokens)),
        On("An assertion has the claims of RFC 7523 §3.", typeof(ValidateClientAssertionWellknownClaims)),
        On("The client itself issued its assertion (RFC 7523 §3).", typeof(ValidateClientAssertionIssuer)),
        On("A client has one name in all parts of a request.", typeof(ValidateClientId)),
        .. Ons(
            Reads,
            typeof(ValidateClientAssertion),
            typeof(ValidateRequestToken),
            typeof(ValidateAccessToken),
            typeof(ValidateAuthorizationCode),
            typeof(ValidateDeviceCode),
            typeof(ValidateGenericToken),
            typeof(ValidateIdentityToken),
            typeof(ValidateRefreshToken),
            typeof(ValidateSubjectToken),
            typeof(ValidateActorToken),
            typeof(ValidateUserCode)
        ),
        .. Offs(
            $"{nameof(ClientAuthenticator)} does this.",
            typeof(ValidateClientType),
            typeof(ValidateClientSecret),
            typeof(ValidateClientCertificate)
        ),
        // Tokens
        On("The signature, the issuer and the type of a JWT must be right.", typeof(Protection.ValidateIdentityModelToken)),
        On("A token that nobody can read is refused.", typeof(Protection.ValidatePrincipal)),
        On("A token ends at its time.", typeof(Protection.ValidateExpirationDate)),
        On("A code or token is good for its client only.", typeof(Protection.ValidatePresenters)),
        On("A token is good at its audiences only.", typeof(Protection.ValidateAudiences)),
        On("A bound token comes with the proof that it is bound to.", typeof(Protection.ValidateProofOfPossession)),
        .. Offs(
            $"{nameof(TokenReading)} asks the grain that owns the token.",
            typeof(Protection.ValidateReferenceTokenIdentifier),
            typeof(Protection.ValidateTokenEntry),
            typeof(Protection.ValidateAuthorizationEntry)
        ),
        // Authorization
        On(Raises, typeof(Authentication.ValidateAuthorizationRequest)),
        On(Authenticates, typeof(Authentication.ValidateAuthentication)),
        On($"{nameof(SignedRequests)} has put its parameters in its place.", typeof(Authentication.ValidateRequestParameter)),
        On("Only addresses of pushed requests are taken (RFC 9126 §4).", typeof(Authentication.ValidateRequestUriParameter)),
        On("RFC 6749 §4.1.1 demands it.", typeof(Authentication.ValidateClientIdParameter)),
        On("An address is absolute and has no fragment (RFC 6749 §3.1.2).", typeof(Authentication.ValidateRedirectUriParameter)),
        On("Only the flow with a code is offered.", typeof(Authentication.ValidateResponseTypeParameter)),
        On("Only the three response modes are offered.", typeof(Authentication.ValidateResponseModeParameter)),
        On("Scopes that need OpenID Connect come with openid.", typeof(Authentication.ValidateScopeParameter)),
        On($"{nameof(RequestParameters)} has taken the parameter out before.", typeof(Authentication.ValidateAudienceParameter)),
        On($"{nameof(RequestParameters)} has taken the parameter out before.", typeof(Authentication.ValidateResourceParameter)),
        On("Flows that need a nonce have one.", typeof(Authentication.ValidateNonceParameter)),
        On("The prompt none stands alone (OpenID Connect Core §3.1.2.1).", typeof(Authentication.ValidatePromptParameter)),
        On("PKCE is S256 only (RFC 9700 §2.1.1).", typeof(Authentication.ValidateProofKeyForCodeExchangeParameters)),
        On("Nobody gets a token through the browser (RFC 9700 §2.1.2).", typeof(Authentication.ValidateResponseType)),
        On("The hint is an id token of this client.", typeof(Authentication.ValidateAuthorizedParty)),
        .. Offs(
            $"{nameof(AuthorizationParameters)} asks the client's registration.",
            typeof(Authentication.ValidateClientRedirectUri),
            typeof(Authentication.ValidateGrantTypePermissions),
            typeof(Authentication.ValidatePushedAuthorizationRequestsRequirement),
            typeof(Authentication.ValidateProofKeyForCodeExchangeRequirement)
        ),
        .. Offs(
            "A scope or resource that is not registered is left out, not refused.",
            typeof(Authentication.ValidateScopes),
            typeof(Authentication.ValidateResources),
            typeof(Authentication.ValidateScopePermissions),
            typeof(Authentication.ValidateResourcePermissions)
        ),
        .. Offs(
            "The grants of a client say which endpoints and response types it has.",
            typeof(Authentication.ValidateEndpointPermissions),
            typeof(Authentication.ValidateResponseTypePermissions)
        ),
        // Pushed requests: the same rules, because the same parameters are pushed (RFC 9126 §2.1).
        On(Raises, typeof(Authentication.ValidatePushedAuthorizationRequest)),
        On(Authenticates, typeof(Authentication.ValidatePushedAuthentication)),
        On($"{nameof(SignedRequests)} has put its parameters in its place.", typeof(Authentication.ValidatePushedRequestParameter)),
        On("A pushed request does not name another one (RFC 9126 §2.1).", typeof(Authentication.ValidatePushedRequestUriParameter)),
        On("RFC 6749 §4.1.1 demands it.", typeof(Authentication.ValidatePushedClientIdParameter)),
        On("An address is absolute and has no fragment (RFC 6749 §3.1.2).", typeof(Authentication.ValidatePushedRedirectUriParameter)),
        On("Only the flow with a code is offered.", typeof(Authentication.ValidatePushedResponseTypeParameter)),
        On("Only the three response modes are offered.", typeof(Authentication.ValidatePushedResponseModeParameter)),
        On("Scopes that need OpenID Connect come with openid.", typeof(Authentication.ValidatePushedScopeParameter)),
        On($"{nameof(RequestParameters)} has taken the parameter out before.", typeof(Authentication.ValidatePushedAudienceParameter)),
        On($"{nameof(RequestParameters)} has taken the parameter out before.", typeof(Authentication.ValidatePushedResourceParameter)),
        On("Flows that need a nonce have one.", typeof(Authentication.ValidatePushedNonceParameter)),
        On("The prompt none stands alone (OpenID Connect Core §3.1.2.1).", typeof(Authentication.ValidatePushedPromptParameter)),
        On("PKCE is S256 only (RFC 9700 §2.1.1).", typeof(Authentication.ValidatePushedProofKeyForCodeExchangeParameters)),
        On("Nobody gets a token through the browser (RFC 9700 §2.1.2).", typeof(Authentication.ValidatePushedResponseType)),
        On("The hint is an id token of this client.", typeof(Authentication.ValidatePushedAuthorizedParty)),
        .. Offs(
            $"{nameof(AuthorizationParameters)} asks the client's registration.",
            typeof(Authentication.ValidatePushedClientRedirectUri),
            typeof(Authentication.ValidatePushedGrantTypePermissions),
            typeof(Authentication.ValidatePushedProofKeyForCodeExchangeRequirement)
        ),
        .. Offs(
            "A scope or resource that is not registered is left out, not refused.",
            typeof(Authentication.ValidatePushedScopes),
            typeof(Authentication.ValidatePushedResources),
            typeof(Authentication.ValidatePushedScopePermissions),
            typeof(Authentication.ValidatePushedResourcePermissions)
        ),
        .. Offs(
            "The grants of a client say which endpoints and response types it has.",
            typeof(Authentication.ValidatePushedEndpointPermissions),
            typeof(Authentication.ValidatePushedResponseTypePermissions)
        ),
        // Devices
        On(Raises, typeof(Device.ValidateDeviceAuthorizationRequest)),
        On(Authenticates, typeof(Device.ValidateDeviceAuthentication)),
        On("The scope offline_access needs the refresh grant.", typeof(Device.ValidateScopeParameter)),
        On("A request authenticates in one way (RFC 6749 §2.3).", typeof(Device.ValidateClientCredentialsParameters)),
        On(Raises, typeof(Device.ValidateEndUserVerificationRequest)),
        On(Authenticates, typeof(Device.ValidateVerificationAuthentication)),
        .. Offs(
            "A scope that is not registered is left out, not refused.",
            typeof(Device.ValidateScopes),
            typeof(Device.ValidateScopePermissions)
        ),
        .. Offs(
            $"{nameof(DeviceEndpoint)} asks the client's registration.",
            typeof(Device.ValidateEndpointPermissions),
            typeof(Device.ValidateGrantTypePermissions)
        ),
        // Discovery
        On(Raises, typeof(Discovery.ValidateConfigurationRequest)),
        On(Raises, typeof(Discovery.ValidateJsonWebKeySetRequest)),
        // Tokens that are asked for
        On(Raises, typeof(Exchange.ValidateTokenRequest)),
        On(Authenticates, typeof(Exchange.ValidateAuthentication)),
        On("Only the grants that are offered are answered.", typeof(Exchange.ValidateGrantType)),
        On("A client that sends no credentials names itself (RFC 6749 §3.2.1).", typeof(Exchange.ValidateClientIdParameter)),
        On("RFC 6749 §4.1.3 demands it.", typeof(Exchange.ValidateAuthorizationCodeParameter)),
        .. Offs($"{nameof(CredentialParameters)} does this.", typeof(Exchange.ValidateClientCredentialsParameters)),
        On("RFC 8628 §3.4 demands it.", typeof(Exchange.ValidateDeviceCodeParameter)),
        On("RFC 6749 §6 demands it.", typeof(Exchange.ValidateRefreshTokenParameter)),
        On("RFC 8693 §2.1 demands tokens together with their types.", typeof(Exchange.ValidateTokenExchangeParameters)),
        On("The grant with a password is not offered.", typeof(Exchange.ValidateResourceOwnerCredentialsParameters)),
        On("A client that must use PKCE sends the verifier.", typeof(Exchange.ValidateProofKeyForCodeExchangeParameters)),
        On($"{nameof(RequestParameters)} has taken it out where it means nothing.", typeof(Exchange.ValidateScopeParameter)),
        On($"{nameof(RequestParameters)} has taken it out where it means nothing.", typeof(Exchange.ValidateAudienceParameter)),
        On("A resource is an absolute address (RFC 8707 §2).", typeof(Exchange.ValidateResourceParameter)),
        On("A code or token is good for its client only.", typeof(Exchange.ValidateAuthorizedParty)),
        On("The address is the one of the authorization (RFC 6749 §4.1.3).", typeof(Exchange.ValidateRedirectUri)),
        On("The verifier fits the challenge (RFC 7636 §4.6).", typeof(Exchange.ValidateCodeVerifier)),
        .. Offs(
            $"{nameof(TokenEndpoint)} compares the scopes and audiences with the registration and with what was granted.",
            typeof(Exchange.ValidateScopes),
            typeof(Exchange.ValidateAudiences),
            typeof(Exchange.ValidateResources),
            typeof(Exchange.ValidateGrantedScopes),
            typeof(Exchange.ValidateScopePermissions),
            typeof(Exchange.ValidateAudiencePermissions),
            typeof(Exchange.ValidateResourcePermissions)
        ),
        .. Offs(
            $"{nameof(TokenEndpoint)} asks the client's registration.",
            typeof(Exchange.ValidateEndpointPermissions),
            typeof(Exchange.ValidateGrantTypePermissions),
            typeof(Exchange.ValidateProofKeyForCodeExchangeRequirement)
        ),
        // Introspection and revocation
        On(Raises, typeof(Introspection.ValidateIntrospectionRequest)),
        On(Authenticates, typeof(Introspection.ValidateAuthentication)),
        On("RFC 7662 §2.1 demands it.", typeof(Introspection.ValidateTokenParameter)),
        On("A request authenticates in one way (RFC 6749 §2.3).", typeof(Introspection.ValidateClientCredentialsParameters)),
        On("Codes are not told about.", typeof(Introspection.ValidateTokenType)),
        On("A client is told about tokens that are for it.", typeof(Introspection.ValidateAuthorizedParty)),
        On(Raises, typeof(Revocation.ValidateRevocationRequest)),
        On(Authenticates, typeof(Revocation.ValidateAuthentication)),
        On("RFC 7009 §2.1 demands it.", typeof(Revocation.ValidateTokenParameter)),
        On("A request authenticates in one way (RFC 6749 §2.3).", typeof(Revocation.ValidateClientCredentialsParameters)),
        On("Only tokens are revoked, not codes.", typeof(Revocation.ValidateTokenType)),
        On("A client revokes its own tokens only (RFC 7009 §2.1).", typeof(Revocation.ValidateAuthorizedParty)),
        .. Offs(
            "Every client that authenticates may ask about and revoke tokens that are its own.",
            typeof(Introspection.ValidateEndpointPermissions),
            typeof(Revocation.ValidateEndpointPermissions)
        ),
        // Logout
        On(Raises, typeof(Session.ValidateEndSessionRequest)),
        On(Authenticates, typeof(Session.ValidateAuthentication)),
        On($"{nameof(RequestParameters)} has taken the parameter out before.", typeof(Session.ValidateRequestUriParameter)),
        On("An address is absolute and has no fragment.", typeof(Session.ValidatePostLogoutRedirectUriParameter)),
        On("The hint is an id token of this client.", typeof(Session.ValidateAuthorizedParty)),
        .. Offs(
            $"{nameof(EndSessionEndpoint)} asks the client's registration.",
            typeof(Session.ValidateClientPostLogoutRedirectUri),
            typeof(Session.ValidateEndpointPermissions)
        ),
        // User info
        On(Raises, typeof(UserInfo.ValidateUserInfoRequest)),
        On(Authenticates, typeof(UserInfo.ValidateAuthentication)),
        On("Without a token nobody is asked about (RFC 6750 §3).", typeof(UserInfo.ValidateAccessTokenParameter)),
    ];

    /// <summary>The checks that are off because they are taken out of OpenIddict's list: no setting of it switches them off.</summary>
    public static IReadOnlyList<OpenIddictServerHandlerDescriptor> Removed { get; } =
    [
        ValidateClientCertificate.Descriptor,
        Exchange.ValidateClientCredentialsParameters.Descriptor,
        Exchange.ValidateGrantedScopes.Descriptor,
    ];

    private static OidcCheck On(string why, Type handler) => new(handler, true, why);

    private static IEnumerable<OidcCheck> Ons(string why, params IEnumerable<Type> handlers) =>
        handlers.Select(handler => On(why, handler));

    private static IEnumerable<OidcCheck> Offs(string why, params IEnumerable<Type> handlers) =>
        handlers.Select(handler => new OidcCheck(handler, false, why));
}
