using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Stores a service provider's request and sends the browser to the login frontend with its id. The service provider gets errors, once it
/// is certain that its message asks for an answer to one of its own addresses.
/// </summary>
internal sealed class SingleSignOnEndpoint(
    MessageReceiver receiver,
    Grains grains,
    ResponseMaker responses,
    LoginPages pages,
    RequestLimits limits,
    IOptions<SamlProviderOptions> options
)
{
    public async Task HandleAsync(HttpContext http)
    {
        var message = await MessageReceiver.RequestAsync(http);
        var asked = AuthnRequestMessage.Read(message) ?? throw new RefusedMessageException("it is not a login request of SAML 2.0");
        var origin = receiver.OriginOf(http);
        var provider = await receiver.SenderAsync(
            message,
            asked.Issuer,
            asked.IssueInstant,
            asked.Destination,
            $"{origin}{SamlExtensions.SignOnPath}",
            sender => sender.RequireSignedRequests,
            http.RequestAborted
        );
        var consumer = Consumer(provider, asked)
            ?? throw new RefusedMessageException("the application has not registered the address for the response");
        var levels = ContextClasses.Wanted(asked.ContextClasses, asked.ContextComparison);
        var formats = Formats(provider, asked);
        var request = new SamlRequest
        {
            EntityId = provider.EntityId,
            RequestId = asked.Id,
            Origin = origin,
            AssertionConsumer = consumer.Location,
            Binding = consumer.Binding,
            RelayState = message.RelayState,
            NameIdFormat = formats?.Format ?? "",
            OtherNameIdFormat = formats?.Other,
            ForceAuthn = asked.ForceAuthn,
            ContextClasses = [.. asked.ContextClasses.Where(ContextClasses.IsKnown)],
            ContextComparison = asked.ContextComparison,
            AcrValues = levels ?? [],
            MinimumAcr = provider.MinimumAcr,
            LoginClientId = provider.LoginClientId,
            SubjectNameId = asked.Subject,
            Encryption = provider.Encryption,
        };
        (string Status, string Detail)? refusal =
            formats is null ? (SamlNames.Requester, SamlNames.InvalidNameIdPolicy)
            : levels is null ? (SamlNames.Requester, SamlNames.NoAuthnContext)
            // Only the login frontend knows the user, and it needs a window to ask.
            : asked.IsPassive ? (SamlNames.Responder, SamlNames.NoPassive)
            : null;
        if (refusal is var (status, detail))
        {
            await SamlPages.SendAsync(http, await responses.FailureAsync(request, status, detail, description: null, http.RequestAborted));
            return;
        }

        limits.Store(
            http,
            provider.EntityId,
            StoredRequests.Bytes([
                request.EntityId,
                request.RequestId,
                request.RelayState,
                request.SubjectNameId,
                .. request.ContextClasses,
            ])
        );
        var id = SamlRequestIds.Of(provider.EntityId, asked.Id);
        await StoreAsync(id, request, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        var page = await pages.LoginAsync(origin, provider.LoginUri ?? options.Value.LoginUri, http.RequestAborted);
        http.Response.Redirect(UrlParameters.Add(page, ("samlRequest", AuthRequestIds.Of(id))));
    }

    private async Task StoreAsync(string id, SamlRequest request, CancellationToken cancellationToken)
    {
        var attempt = RandomText.NewId();
        try
        {
            await grains.CallAsync(
                async () =>
                {
                    await grains.SamlRequest(id).StartAsync(request, attempt);
                    return true;
                },
                cancellationToken
            );
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.SamlRequestRepeated)
        {
            throw new RefusedMessageException("it has already been used, so please start again at the application");
        }
    }

    /// <summary>The registered address that the request names, or else the default one (SAML Metadata §2.2.3).</summary>
    private static AssertionConsumer? Consumer(ServiceProvider provider, AuthnRequestMessage asked)
    {
        var candidates = provider.AssertionConsumers.Where(consumer =>
            asked.ProtocolBinding is null || consumer.Binding == asked.ProtocolBinding
        );
        if (asked.AcsUrl is { } url)
        {
            return candidates.FirstOrDefault(consumer => consumer.Location == url);
        }

        if (asked.AcsIndex is { } index)
        {
            return provider.AssertionConsumers.FirstOrDefault(consumer => consumer.Index == index);
        }

        return candidates.OrderByDescending(consumer => consumer.IsDefault).ThenBy(consumer => consumer.Index).FirstOrDefault();
    }

    /// <summary>
    /// The name id format that the request names, or else the first that both sides support. Also the format for users who have no name in
    /// that format, if the service provider allows another one. <c>null</c> if the requested format is not supported here.
    /// </summary>
    private static (string Format, string? Other)? Formats(ServiceProvider provider, AuthnRequestMessage asked)
    {
        if (asked.NameIdFormat is { } format)
        {
            return NameIdFormats.All.Contains(format)
                ? (format, format == NameIdFormats.Unspecified ? NameIdFormats.Persistent : null)
                : null;
        }

        var known = provider.NameIdFormats.Where(NameIdFormats.All.Contains).ToList();
        var takesPersistent = known.Count == 0 || known.Contains(NameIdFormats.Persistent) || known.Contains(NameIdFormats.Unspecified);
        return (known.FirstOrDefault() ?? NameIdFormats.EmailAddress, takesPersistent ? NameIdFormats.Persistent : null);
    }
}
