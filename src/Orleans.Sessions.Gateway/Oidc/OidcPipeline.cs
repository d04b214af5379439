using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Oidc.RequestObjects;
using Orleans.Sessions.Gateway.Oidc.SessionManagement;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// Everything that a request of OpenID Connect passes, in the order in which it runs.
/// <para>
/// Before OpenIddict: <c>IntrospectionFastPath</c> answers plain introspections by itself. For all other requests,
/// <see cref="OidcRequests"/> applies the limits for browsers, loads the signing keys and sets the issuer; it also answers exceptions as
/// OAuth errors. Then ASP.NET Core's authentication middleware gives the request to OpenIddict.
/// </para>
/// <para>
/// In OpenIddict a request is a transaction. The transaction raises events, each with a context type of its own, and each event runs the
/// handlers that are registered for it by ascending order. OpenIddict has about a hundred handlers, which implement the protocol;
/// <see cref="OidcChecks"/> says which of its checks run. The rows below are the handlers that this service adds between them. They run in
/// seven stages:
/// </para>
/// <list type="number">
/// <item>
/// Extract: OpenIddict has read the parameters of the request. What the protocol says to ignore is taken out; what comes twice is refused;
/// a signed request object is replaced by its parameters.
/// </item>
/// <item>
/// Authenticate: find the client and read the presented codes and tokens. OpenIddict raises these events in the middle of the validation of
/// every endpoint but discovery and keys, after it has checked the parameters that the protocol demands. The token events are nested:
/// client assertions are read before the client is authenticated, all other tokens after that.
/// </item>
/// <item>Validate: check what only the registration of the client can tell.</item>
/// <item>
/// Handle: do what the request asks for. A grain decides and stores. Authorize, device and logout answer with a redirect here, which ends
/// the transaction.
/// </item>
/// <item>Issue: OpenIddict asks for each token of the answer. The token was decided and stored in the stage before.</item>
/// <item>Refuse: the request goes here as soon as a handler of any stage rejects it.</item>
/// <item>Apply: complete the answer or the error before OpenIddict writes it.</item>
/// </list>
/// <para>
/// Read the rows of one endpoint from top to bottom to see all that happens to its requests. For example, a token request passes
/// <see cref="RequestParameters"/>, <see cref="RepeatedParameters"/>, <see cref="ClientAuthenticator"/>, <see cref="DpopRequests"/>,
/// <see cref="TokenReading"/>, <see cref="TokenEndpoint"/>, <see cref="TokenWriting"/>, <see cref="TokenEndpoint"/> again, and
/// <see cref="DpopTokens"/>. Handlers leave each other what they know in <see cref="TransactionState"/>.
/// </para>
/// </summary>
internal static class OidcPipeline
{
    /// <summary>Before all of OpenIddict's handlers of the event that read or write something.</summary>
    private const int First = int.MinValue + 50_000;

    /// <summary>After all of OpenIddict's handlers of the event. Those that make the discovery document begin here.</summary>
    private const int Last = int.MaxValue - 100_000;

    /// <summary>After another handler of ours.</summary>
    private const int AfterLast = Last + 500;

    /// <summary>The handlers. A test keeps the rows in running order, and finds handlers without a row.</summary>
    public static IReadOnlyList<OpenIddictServerHandlerDescriptor> Handlers { get; } =
    [
        // 1. Extract
        Row<ExtractPushedAuthorizationRequestContext, RequestParameters>(Last),
        Row<ExtractAuthorizationRequestContext, RequestParameters>(Last),
        Row<ExtractDeviceAuthorizationRequestContext, RequestParameters>(Last),
        Row<ExtractTokenRequestContext, RequestParameters>(Last),
        Row<ExtractIntrospectionRequestContext, RequestParameters>(Last),
        Row<ExtractRevocationRequestContext, RequestParameters>(Last),
        Row<ExtractEndSessionRequestContext, RequestParameters>(Last),
        Row<ExtractUserInfoRequestContext, RepeatedParameters>(Last),
        Row<ExtractUserInfoRequestContext, UserInfoToken>(AfterLast),
        Row<ExtractUserInfoRequestContext, DpopTokens>(AfterLast + 1),
        Row<ExtractPushedAuthorizationRequestContext, RepeatedParameters>(AfterLast),
        Row<ExtractPushedAuthorizationRequestContext, SignedRequests>(AfterLast + 1),
        Row<ExtractAuthorizationRequestContext, RepeatedParameters>(AfterLast),
        Row<ExtractAuthorizationRequestContext, SignedRequests>(AfterLast + 1),
        Row<ExtractDeviceAuthorizationRequestContext, RepeatedParameters>(AfterLast),
        Row<ExtractEndUserVerificationRequestContext, RepeatedParameters>(AfterLast),
        Row<ExtractTokenRequestContext, RepeatedParameters>(AfterLast),
        Row<ExtractIntrospectionRequestContext, RepeatedParameters>(AfterLast),
        Row<ExtractRevocationRequestContext, RepeatedParameters>(AfterLast),
        Row<ExtractEndSessionRequestContext, RepeatedParameters>(AfterLast),
        // 2. Authenticate
        Row<ProcessAuthenticationContext, IdTokenHints>(After(EvaluateValidatedTokens.Descriptor)),
        Row<ProcessAuthenticationContext, ClientAuthenticator>(After(ValidateClientId.Descriptor)),
        Row<ProcessAuthenticationContext, DpopRequests>(After(ValidateClientSecret.Descriptor)),
        Row<ValidateTokenContext, TokenReading>(After(Protection.ResolveTokenValidationParameters.Descriptor)),
        // 3. Validate
        Row<ValidatePushedAuthorizationRequestContext, AuthorizationParameters>(
            InPlaceOf(Authentication.ValidatePushedClientRedirectUri.Descriptor)
        ),
        Row<ValidateAuthorizationRequestContext, AuthorizationParameters>(InPlaceOf(Authentication.ValidateClientRedirectUri.Descriptor)),
        Row<ValidateDeviceAuthorizationRequestContext, DeviceEndpoint>(Last),
        Row<ValidateTokenRequestContext, CredentialParameters>(InPlaceOf(Exchange.ValidateClientCredentialsParameters.Descriptor)),
        Row<ValidateTokenRequestContext, CodeVerifiers>(Before(Exchange.ValidateCodeVerifier.Descriptor)),
        Row<ValidateEndUserVerificationRequestContext, DeviceEndpoint>(Last),
        Row<ValidateEndSessionRequestContext, EndSessionEndpoint>(After(Session.ValidateAuthorizedParty.Descriptor)),
        // 4. Handle
        Row<HandleConfigurationRequestContext, PublishedAlgorithms>(After(Discovery.AttachSigningAlgorithms.Descriptor)),
        Row<HandleConfigurationRequestContext, DiscoveryMetadata>(After(Discovery.AttachAdditionalMetadata.Descriptor)),
        Row<HandleJsonWebKeySetRequestContext, PublishedAlgorithms>(Last),
        Row<HandleAuthorizationRequestContext, AuthorizationEndpoint>(Last),
        Row<HandleDeviceAuthorizationRequestContext, DeviceEndpoint>(Last),
        Row<HandleEndUserVerificationRequestContext, DeviceEndpoint>(Last),
        Row<HandleTokenRequestContext, TokenEndpoint>(After(Exchange.AttachPrincipal.Descriptor)),
        Row<HandleUserInfoRequestContext, UserInfoEndpoint>(Last),
        Row<HandleIntrospectionRequestContext, IntrospectionEndpoint>(Last),
        Row<HandleRevocationRequestContext, RevocationEndpoint>(Last),
        Row<HandleEndSessionRequestContext, EndSessionEndpoint>(Last),
        // 5. Issue
        Row<GenerateTokenContext, TokenWriting>(After(Protection.AttachTokenMetadata.Descriptor)),
        Row<GenerateTokenContext, PushedRequests>(After(Protection.GenerateIdentityModelToken.Descriptor)),
        // 6. Refuse
        Row<ProcessErrorContext, RefusedRequests>(First),
        // 7. Apply
        Row<ApplyConfigurationResponseContext, DiscoveryMetadata>(First),
        Row<ApplyPushedAuthorizationResponseContext, AuthorizationErrors>(First),
        Row<ApplyAuthorizationResponseContext, AuthorizationErrors>(After(Authentication.InferResponseMode.Descriptor)),
        Row<ApplyAuthorizationResponseContext, DiscoveryMetadata>(After(Authentication.AttachIssuer.Descriptor)),
        Row<ApplyAuthorizationResponseContext, FailedRequestStates>(After(Authentication.AttachIssuer.Descriptor) + 1),
        Row<ApplyAuthorizationResponseContext, ErrorPages>(
            Before(OpenIddictServerAspNetCoreHandlers.ProcessLocalErrorResponse<ApplyAuthorizationResponseContext>.Descriptor)
        ),
        Row<ApplyEndUserVerificationResponseContext, ErrorPages>(
            Before(OpenIddictServerAspNetCoreHandlers.ProcessLocalErrorResponse<ApplyEndUserVerificationResponseContext>.Descriptor)
        ),
        Row<ApplyEndSessionResponseContext, ErrorPages>(
            Before(OpenIddictServerAspNetCoreHandlers.ProcessLocalErrorResponse<ApplyEndSessionResponseContext>.Descriptor)
        ),
        Row<ApplyDeviceAuthorizationResponseContext, DeviceEndpoint>(First),
        Row<ApplyTokenResponseContext, TokenEndpoint>(First),
        Row<ApplyTokenResponseContext, DpopTokens>(First + 1),
        Row<ApplyUserInfoResponseContext, UserInfoChallenge>(
            After(OpenIddictServerAspNetCoreHandlers.AttachWwwAuthenticateHeader<ApplyUserInfoResponseContext>.Descriptor)
        ),
        Row<ApplyUserInfoResponseContext, SignedAnswers>(
            After(OpenIddictServerAspNetCoreHandlers.AttachWwwAuthenticateHeader<ApplyUserInfoResponseContext>.Descriptor) + 1
        ),
        Row<ApplyIntrospectionResponseContext, SignedAnswers>(
            After(OpenIddictServerAspNetCoreHandlers.AttachWwwAuthenticateHeader<ApplyIntrospectionResponseContext>.Descriptor)
        ),
    ];

    /// <summary>Between this handler of OpenIddict and its next one. OpenIddict's orders are 1000 apart.</summary>
    private static int After(OpenIddictServerHandlerDescriptor descriptor) => descriptor.Order + 500;

    /// <summary>Between this handler of OpenIddict and the one before it.</summary>
    private static int Before(OpenIddictServerHandlerDescriptor descriptor) => descriptor.Order - 500;

    /// <summary>Where a handler of OpenIddict would run that is off here (<see cref="OidcChecks"/>).</summary>
    private static int InPlaceOf(OpenIddictServerHandlerDescriptor descriptor) => descriptor.Order;

    private static OpenIddictServerHandlerDescriptor Row<TContext, THandler>(int order)
        where TContext : BaseContext
        where THandler : class, IOpenIddictServerHandler<TContext> =>
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<TContext>()
            .UseSingletonHandler<THandler>()
            .SetOrder(order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();
}
