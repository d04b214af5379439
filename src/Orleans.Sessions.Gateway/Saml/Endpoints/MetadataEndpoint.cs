using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>The metadata of this identity provider for service providers.</summary>
internal sealed class MetadataEndpoint(
    MessageReceiver receiver,
    PublicOrigin origins,
    SigningCertificates certificates,
    IOptions<SamlProviderOptions> options,
    TimeProvider clock
)
{
    private static readonly TimeSpan s_longestCache = TimeSpan.FromDays(1);

    /// <summary>The signed metadata.</summary>
    public async Task MetadataAsync(HttpContext http)
    {
        var origin = receiver.OriginOf(http);
        var published = await certificates.AllAsync(http.RequestAborted);

        // A reader keeps this document for at most half of the announcement time. So after a new certificate appears, the reader has the
        // other half to learn of it before it signs.
        var cache = published.Announcement / 2 is { } half && half < s_longestCache ? half : s_longestCache;
        var metadata = IdentityProviderMetadata.Create(
            ResponseMaker.EntityId(origin),
            origin,
            published.All,
            published.All[0],
            options.Value.RequireSignedRequests,
            clock.GetUtcNow() + options.Value.MetadataLifetime,
            cache
        );
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
        // While no origin is configured, a request can name any host. Caches must not give its answer to others.
        if (origins.IsConfigured)
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
        }

        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
