using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>Stores requests until somebody logs in.</summary>
internal sealed class PendingLogins(Grains grains, LoginPages pages, RequestLimits limits, IOptions<SamlProviderOptions> options)
{
    /// <summary>About how many bytes a request needs in the database.</summary>
    public static int BytesOf(SamlRequest request) =>
        StoredRequests.Bytes([
            request.EntityId,
            request.RequestId,
            request.RelayState,
            request.SubjectNameId,
            request.SubjectNameIdFormat,
            .. request.ContextClasses,
        ]);

    /// <summary>Stores a request and sends the browser to the login frontend with its id.</summary>
    public async Task StartAsync(HttpContext http, ServiceProvider provider, SamlRequest request, string id)
    {
        limits.Store(http, provider.EntityId, BytesOf(request));
        await StoreAsync(id, request, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        var page = await pages.LoginAsync(request.Origin, provider.LoginUri ?? options.Value.LoginUri, http.RequestAborted);
        http.Response.Redirect(
            UrlParameters.Add(page, ("samlRequest", AuthRequestIds.Of(id)), ("passive", request.IsPassive ? "true" : null))
        );
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
}
