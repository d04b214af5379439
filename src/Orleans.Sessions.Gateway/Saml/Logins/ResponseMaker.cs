using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>Makes the answers to requests for a login.</summary>
internal sealed class ResponseMaker(Grains grains, SigningCertificates certificates, PersonAttributes attributes, TimeProvider clock)
{
    private const string StatusPrefix = "urn:oasis:names:tc:SAML:2.0:status:";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The answer to a completed request.</summary>
    public async Task<OutgoingMessage> AnswerAsync(SamlAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Subject is not { } subject)
        {
            var (status, detail) = answer.Error switch
            {
                "AuthnFailed" when answer.Request.IsPassive => (SamlNames.Responder, SamlNames.NoPassive),
                "VersionMismatch" => ($"{StatusPrefix}VersionMismatch", null),
                "InvalidAttrNameOrValue" or "InvalidNameIDPolicy" or "UnsupportedBinding" => (
                    SamlNames.Requester,
                    $"{StatusPrefix}{answer.Error}"
                ),
                _ => (SamlNames.Responder, $"{StatusPrefix}{answer.Error}"),
            };
            return await FailureAsync(answer.Request, status, detail, answer.ErrorDescription, cancellationToken);
        }

        var request = answer.Request;
        var user = await grains.CallAsync(() => grains.User(subject.UserId).GetAsync(Caller.InCluster), cancellationToken);
        var certificate = await certificates.ActiveAsync(cancellationToken);
        return Outgoing(
            request,
            certificate,
            SamlResponses.Success(
                new SamlAssertion
                {
                    Issuer = EntityId(request.Origin),
                    Destination = request.AssertionConsumer,
                    Audience = request.EntityId,
                    InResponseTo = Given(request.RequestId),
                    NameId = subject.NameId,
                    NameIdFormat = request.NameIdFormat,
                    Now = clock.GetUtcNow(),
                    Lifetime = s_lifetime,
                    AuthenticatedAt = subject.AuthenticatedAt,
                    SessionIndex = subject.SessionIndex,
                    SessionNotOnOrAfter = subject.SessionExpiresAt,
                    ContextClass = ContextClasses.Reached(request, subject),
                    Attributes = await attributes.OfAsync(user, request, cancellationToken),
                },
                request.Encryption,
                certificate
            )
        );
    }

    /// <summary>An answer that says why nobody is logged in.</summary>
    public async Task<OutgoingMessage> FailureAsync(
        SamlRequest request,
        string status,
        string? detail,
        string? description,
        CancellationToken cancellationToken
    )
    {
        var certificate = await certificates.ActiveAsync(cancellationToken);
        return Outgoing(
            request,
            certificate,
            SamlResponses.Failure(
                EntityId(request.Origin),
                request.AssertionConsumer,
                Given(request.RequestId),
                status,
                detail,
                description is null ? null : ClearText.Of(description),
                clock.GetUtcNow(),
                certificate
            )
        );
    }

    /// <summary>This identity provider's entity id below a public origin.</summary>
    public static string EntityId(string origin) => $"{origin}{SamlExtensions.MetadataPath}";

    private static OutgoingMessage Outgoing(SamlRequest request, X509Certificate2 certificate, XmlDocument message) =>
        OutgoingMessage.Of(request.Binding, request.AssertionConsumer, SamlBindings.Response, message, request.RelayState, certificate);

    /// <summary>The id of the request; <c>null</c> if the login began here.</summary>
    private static string? Given(string requestId) => requestId.Length > 0 ? requestId : null;
}
