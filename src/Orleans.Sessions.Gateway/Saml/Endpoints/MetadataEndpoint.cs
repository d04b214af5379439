using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>What service providers must know of this identity provider.</summary>
internal sealed class MetadataEndpoint(
    MessageReceiver receiver, PublicOrigin origins, SigningCertificates certificates, IOptions<SamlProviderOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan s_longestLifetime = TimeSpan.FromDays(7);

    /// <summary>The signed metadata.</summary>
    public async Task MetadataAsync(HttpContext http)
    {
        var origin = receiver.OriginOf(http);
        var published = await certificates.AllAsync(http.RequestAborted);

        // Who believes this until then and asks again has as long again to learn of a certificate before it signs.
        var lifetime = published.Announcement / 2 is { } half && half < s_longestLifetime ? half : s_longestLifetime;
        var metadata = IdentityProviderMetadata.Create(
            ResponseMaker.EntityId(origin), origin, published.All, published.All[0], options.Value.RequireSignedRequests, clock.GetUtcNow() + lifetime);
        http.Response.ContentType = "application/samlmetadata+xml; charset=utf-8";
        await WriteAsync(http, metadata.OuterXml);
    }

    /// <summary>The certificate that signs now, PEM.</summary>
    public async Task CertificateAsync(HttpContext http)
    {
        http.Response.ContentType = "application/x-pem-file";
        await WriteAsync(http, (await certificates.ActiveAsync(http.RequestAborted)).ExportCertificatePem() + "\n");
    }

    private Task WriteAsync(HttpContext http, string text)
    {
        // A request can name any host while no origin is configured: caches must not show others what it was answered.
        if (origins.IsConfigured)
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
        }

        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
