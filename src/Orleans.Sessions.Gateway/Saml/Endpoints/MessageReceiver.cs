using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Reads protocol messages that browsers carry or servers send, and verifies that a registered service provider sent them recently and to
/// this address.
/// </summary>
internal sealed class MessageReceiver(
    ServiceProviderDirectory providers,
    PublicOrigin origins,
    Grains grains,
    IOptions<SamlProviderOptions> options,
    TimeProvider clock
)
{
    private const int MaxEnvelope = 256 * 1024;

    /// <summary>The request that a browser brought.</summary>
    public static async Task<SamlMessage> RequestAsync(HttpContext http) =>
        await MessageAsync(http, SamlBindings.Request) ?? throw new RefusedMessageException("it is missing, too long or cannot be read");

    /// <summary>The answer that a browser brought; <c>null</c> if it brought no readable answer.</summary>
    public static Task<SamlMessage?> AnswerAsync(HttpContext http) => MessageAsync(http, SamlBindings.Response);

    /// <summary>The message that a service provider's server posted (SAML bindings §3.2).</summary>
    public static async Task<SamlMessage> SoapAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentType?.Split(';', 2)[0].Trim().Equals(SoapEnvelope.ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new RefusedMessageException($"its content type is not {SoapEnvelope.ContentType}");
        }

        // One byte more shows that there is too much.
        var envelope = new byte[(int)Math.Min(request.ContentLength ?? MaxEnvelope, MaxEnvelope) + 1];
        var length = await request.Body.ReadAtLeastAsync(envelope, envelope.Length, throwOnEndOfStream: false, http.RequestAborted);
        return length == envelope.Length
            ? throw UnreadableRequest.TooLarge()
            : SamlMessage.ReadSoap(envelope.AsSpan(0, length))
                ?? throw new RefusedMessageException("it is no SOAP envelope with one message, as well-formed XML without a DTD");
    }

    /// <summary>The public origin of a request, without a trailing slash.</summary>
    public string OriginOf(HttpContext http) => origins.Of(http.Request);

    /// <summary>
    /// The service provider that sent a message. The message must be signed if <paramref name="mustBeSigned"/> is true. A signature must be
    /// valid if the service provider has certificates.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="issuer">The sender that the message names.</param>
    /// <param name="issuedAt">When the message was made. This must be now, within the tolerance for clocks.</param>
    /// <param name="destination">The address that the message names as its destination. Signed messages must have it.</param>
    /// <param name="address">The address at which the message arrived.</param>
    /// <param name="mustBeSigned">Whether this service provider's messages must be signed.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<ServiceProvider> SenderAsync(
        SamlMessage message,
        string issuer,
        DateTimeOffset issuedAt,
        string? destination,
        string address,
        Func<ServiceProvider, bool> mustBeSigned,
        CancellationToken cancellationToken
    )
    {
        var provider = await providers.FindAsync(issuer, cancellationToken)
            ?? throw new RefusedMessageException("the application is not registered here");
        if (!message.IsSigned && (options.Value.RequireSignedRequests || mustBeSigned(provider)))
        {
            throw new RefusedMessageException("it is not signed");
        }

        if (message.IsSigned && !provider.Certificates.IsEmpty && !IsSigned(message, provider))
        {
            throw new RefusedMessageException(
                message.UnacceptedAlgorithm() is { } algorithm
                    ? $"its signature uses {XmlSignatureAlgorithms.Tell(algorithm)}; accepted are {XmlSignatureAlgorithms.Accepted}"
                    : "its signature is wrong"
            );
        }

        if (message.IsSigned && provider.Certificates.IsEmpty && options.Value.RequireSignedRequests)
        {
            throw new RefusedMessageException("its signature cannot be verified");
        }

        if (destination is null ? message.IsSigned : destination != address)
        {
            throw new RefusedMessageException("it was meant for another address");
        }

        if ((clock.GetUtcNow() - issuedAt).Duration() > SamlRequest.Window)
        {
            throw new RefusedMessageException("it is too old, or the application's clock is wrong");
        }

        return provider;
    }

    /// <summary>
    /// The service provider whose server sent a message. It must be signed with a key of the registration, and must not have come before.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="head">What the message says about itself.</param>
    /// <param name="address">The address at which it arrived.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<ServiceProvider> ServerAsync(
        SamlMessage message,
        MessageHead head,
        string address,
        CancellationToken cancellationToken
    )
    {
        var provider = await SenderAsync(message, head.Issuer, head.IssueInstant, head.Destination, address, _ => true, cancellationToken);
        if (provider.Certificates.IsEmpty)
        {
            throw new RefusedMessageException("its signature cannot be verified");
        }

        // Until then the message could come again.
        var until = head.IssueInstant + (2 * SamlRequest.Window);
        return await grains.TryUseAsync($"saml-message\n{provider.EntityId}\n{head.Id}", until, cancellationToken)
            ? provider
            : throw new RefusedMessageException("it has already been used");
    }

    private static async Task<SamlMessage?> MessageAsync(HttpContext http, string field)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return SamlMessage.ReadRedirect(http.Request.QueryString.Value ?? "", field);
        }

        var form = await FormBody.ReadAsync(http.Request);
        return form.TryGetValue(field, out var value) && value is [{ } text]
            ? SamlMessage.ReadPost(text, form.TryGetValue("RelayState", out var state) ? state.ToString() : null)
            : null;
    }

    private static bool IsSigned(SamlMessage message, ServiceProvider provider)
    {
        var certificates = provider
            .Certificates.Select(certificate => X509CertificateLoader.LoadCertificate(certificate.AsSpan()))
            .ToList();
        try
        {
            return message.IsSignedBy(certificates);
        }
        finally
        {
            certificates.ForEach(certificate => certificate.Dispose());
        }
    }
}
