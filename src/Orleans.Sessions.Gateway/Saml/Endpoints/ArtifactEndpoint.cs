using System.Xml;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Gives a service provider's server the answer behind an artifact (SAML profiles §5). An artifact that is unknown, used, too old, made
/// for another service provider, or of a login that was revoked meanwhile has no answer; SAML core §3.5.3 wants a success without a message
/// then.
/// </summary>
internal sealed class ArtifactEndpoint(
    MessageReceiver receiver,
    ResponseMaker responses,
    SigningCertificates certificates,
    Grains grains,
    TimeProvider clock
)
{
    public async Task HandleAsync(HttpContext http)
    {
        var message = await MessageReceiver.SoapAsync(http);
        var asked = ArtifactResolveMessage.Read(message)
            ?? throw new RefusedMessageException(MessageHead.FaultOf(message, "ArtifactResolve") ?? "its Artifact cannot be read");
        var origin = receiver.OriginOf(http);
        var (entityId, address) = (ResponseMaker.EntityId(origin), $"{origin}{SamlExtensions.ArtifactPath}");

        // An artifact names its identity provider, so the destination is not needed.
        var head = asked.Head with { Destination = asked.Head.Destination ?? address };
        var provider = await receiver.ServerAsync(message, head, address, http.RequestAborted);
        var signer = await certificates.SignerAsync(provider, http.RequestAborted);
        var answer = SamlArtifact.HandleOf(asked.Artifact, entityId) is { } handle
            ? await AnswerAsync(handle, provider.EntityId, signer, http.RequestAborted)
            : null;
        await SoapEnvelope.WriteAsync(http, SamlResponses.Artifact(entityId, head.Id, answer, clock.GetUtcNow(), signer));
    }

    private async Task<XmlDocument?> AnswerAsync(byte[] handle, string entityId, MessageSigner signer, CancellationToken cancellationToken)
    {
        var (artifact, attempt) = (grains.SamlArtifact(SamlArtifactIds.Of(handle)), RandomText.NewId());
        var answer = await grains.CallAsync(() => artifact.ResolveAsync(entityId, attempt), cancellationToken);
        try
        {
            return answer is null ? null : await responses.MessageAsync(answer, signer, cancellationToken);
        }
        catch (SessionException exception) when (exception.Error.Code == ErrorCode.NotFound)
        {
            // The person was deleted after the login.
            return null;
        }
    }
}
