using System.Xml;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>Makes the answers to requests for a login.</summary>
internal sealed class ResponseMaker(
    Grains grains,
    SigningCertificates certificates,
    ServiceProviderDirectory providers,
    PersonAttributes attributes,
    TimeProvider clock
)
{
    /// <summary>How long an assertion may be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string StatusPrefix = "urn:oasis:names:tc:SAML:2.0:status:";

    /// <summary>This identity provider's entity id below a public origin.</summary>
    public static string EntityId(string origin) => $"{origin}{SamlExtensions.MetadataPath}";

    /// <summary>The answer to a request, in the form in which the browser carries it.</summary>
    public async Task<OutgoingMessage> AnswerAsync(SamlAnswer answer, CancellationToken cancellationToken)
    {
        var request = answer.Request;
        if (request.Binding == SamlBindingUris.Artifact)
        {
            return await ByArtifactAsync(answer, cancellationToken);
        }

        var provider = await providers.FindAsync(request.EntityId, cancellationToken);
        var signer = await certificates.SignerAsync(provider, cancellationToken);
        var message = await MessageAsync(answer, signer, cancellationToken);
        return OutgoingMessage.Of(request.Binding, request.AssertionConsumer, SamlBindings.Response, message, request.RelayState, signer);
    }

    /// <summary>The answer to a request: a login, or why nobody is logged in.</summary>
    public async Task<XmlDocument> MessageAsync(SamlAnswer answer, MessageSigner signer, CancellationToken cancellationToken)
    {
        var request = answer.Request;
        if (answer.Subject is not { } subject)
        {
            return Failure(answer, signer);
        }

        var user = await grains.CallAsync(() => grains.User(subject.UserId).GetAsync(Caller.InCluster), cancellationToken);
        return SamlResponses.Success(
            new SamlAssertion
            {
                Issuer = EntityId(request.Origin),
                Destination = request.AssertionConsumer,
                Audience = request.EntityId,
                InResponseTo = Given(request.RequestId),
                NameId = subject.NameId,
                NameIdFormat = request.NameIdFormat,
                Now = clock.GetUtcNow(),
                Lifetime = Lifetime,
                AuthenticatedAt = subject.AuthenticatedAt,
                SessionIndex = subject.SessionIndex,
                SessionNotOnOrAfter = subject.SessionExpiresAt,
                ContextClass = ContextClasses.Reached(request, subject),
                Attributes = await attributes.OfAsync(user, request, cancellationToken),
            },
            request.Encryption,
            signer
        );
    }

    private XmlDocument Failure(SamlAnswer answer, MessageSigner signer)
    {
        var request = answer.Request;
        var (status, detail) = answer.Error switch
        {
            "AuthnFailed" when request.IsPassive => (SamlNames.Responder, SamlNames.NoPassive),
            "VersionMismatch" => ($"{StatusPrefix}VersionMismatch", null),
            "InvalidAttrNameOrValue" or "InvalidNameIDPolicy" or "NoAuthnContext" or "UnsupportedBinding" => (
                SamlNames.Requester,
                $"{StatusPrefix}{answer.Error}"
            ),
            _ => (SamlNames.Responder, $"{StatusPrefix}{answer.Error}"),
        };
        return SamlResponses.Failure(
            EntityId(request.Origin),
            request.AssertionConsumer,
            Given(request.RequestId),
            status,
            detail,
            answer.ErrorDescription is { } description ? ClearText.Of(description) : null,
            clock.GetUtcNow(),
            signer
        );
    }

    /// <summary>Stores the answer. The browser carries a reference to it (SAML bindings §3.6).</summary>
    private async Task<OutgoingMessage> ByArtifactAsync(SamlAnswer answer, CancellationToken cancellationToken)
    {
        var request = answer.Request;
        var (artifact, handle) = SamlArtifact.New(EntityId(request.Origin));
        var stored = grains.SamlArtifact(SamlArtifactIds.Of(handle));
        await grains.CallAsync(() => stored.KeepAsync(answer), cancellationToken);
        var url = UrlParameters.Add(request.AssertionConsumer, (SamlArtifact.Parameter, artifact), ("RelayState", request.RelayState));
        return new OutgoingMessage(url, SamlArtifact.Parameter, Value: null, RelayState: null);
    }

    /// <summary>The id of the request; <c>null</c> if the login began here.</summary>
    private static string? Given(string requestId) => requestId.Length > 0 ? requestId : null;
}
