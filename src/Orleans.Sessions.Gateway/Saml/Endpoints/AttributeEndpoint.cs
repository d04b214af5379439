using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Tells a service provider's server the present attributes of a person (SAML profiles §6), the same that an assertion has. It must name
/// somebody by a name that it got in an assertion, whose session is alive.
/// </summary>
internal sealed class AttributeEndpoint(
    MessageReceiver receiver,
    PersonAttributes attributes,
    SigningCertificates certificates,
    Grains grains,
    TimeProvider clock
)
{
    public async Task HandleAsync(HttpContext http)
    {
        var message = await MessageReceiver.SoapAsync(http);
        var asked = AttributeQueryMessage.Read(message)
            ?? throw new RefusedMessageException(
                MessageHead.FaultOf(message, "AttributeQuery") ?? "its Subject or an Attribute cannot be read, or is not this application's"
            );
        var origin = receiver.OriginOf(http);
        var provider = await receiver.ServerAsync(message, asked.Head, $"{origin}{SamlExtensions.AttributePath}", http.RequestAborted);
        var login = await grains.CallAsync(
            () => grains.SamlSubjects.FindAsync(provider.EntityId, asked.NameId, asked.NameIdFormat),
            http.RequestAborted
        );
        var (entityId, now) = (ResponseMaker.EntityId(origin), clock.GetUtcNow());
        var signer = await certificates.SignerAsync(provider, http.RequestAborted);
        if (login?.Subject is not { } subject || await UserAsync(subject.UserId, http.RequestAborted) is not { } user)
        {
            await SoapEnvelope.WriteAsync(http, SamlResponses.UnknownPerson(entityId, asked.Head.Id, now, signer));
            return;
        }

        var released = await attributes.OfAsync(user, login.Request with { Origin = origin }, http.RequestAborted);
        var statement = new AttributeAssertion
        {
            Issuer = entityId,
            Audience = provider.EntityId,
            InResponseTo = asked.Head.Id,
            NameId = subject.NameId,
            NameIdFormat = login.Request.NameIdFormat,
            Now = now,
            Lifetime = ResponseMaker.Lifetime,
            Attributes = asked.Of(released),
        };
        await SoapEnvelope.WriteAsync(http, SamlResponses.Attributes(statement, provider.Encryption, signer));
    }

    /// <summary>The user; <c>null</c> if the user was deleted a moment ago.</summary>
    private async Task<UserView?> UserAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.CallAsync(() => grains.User(userId).GetAsync(Caller.InCluster), cancellationToken);
        }
        catch (SessionException exception) when (exception.Error.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }
}
