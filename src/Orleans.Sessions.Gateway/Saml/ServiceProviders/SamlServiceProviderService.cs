using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.SamlProvidersV1;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.ServiceProviders;

/// <summary>The registry of service providers for administrators.</summary>
internal sealed class SamlServiceProviderService(Grains grains, MetadataFetcher fetcher, IdGenerator ids)
    : ServiceProviderService.ServiceProviderServiceBase
{
    public override async Task<CreateServiceProviderResponse> CreateServiceProvider(
        CreateServiceProviderRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var registration = await WithMetadataAsync(
            caller,
            ServiceProviderMessages.Registration(request.Id.Length > 0 ? request.Id : await ids.NextAsync(), request.Settings),
            context.CancellationToken
        );
        var created = await grains.CallAsync(
            () => grains.SamlServiceProviders.CreateAsync(caller, registration),
            context.CancellationToken
        );
        return new CreateServiceProviderResponse { ServiceProvider = ServiceProviderMessages.Message(created) };
    }

    public override async Task<GetServiceProviderResponse> GetServiceProvider(GetServiceProviderRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var provider = await grains.CallAsync(() => grains.SamlServiceProviders.GetAsync(caller, request.Id), context.CancellationToken);
        return new GetServiceProviderResponse { ServiceProvider = ServiceProviderMessages.Message(provider) };
    }

    public override async Task<ListServiceProvidersResponse> ListServiceProviders(
        ListServiceProvidersRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var response = new ListServiceProvidersResponse();
        response.ServiceProviders.AddRange(
            (await grains.CallAsync(() => grains.SamlServiceProviders.ListAsync(caller), context.CancellationToken)).Select(
                ServiceProviderMessages.Message
            )
        );
        return response;
    }

    public override async Task<UpdateServiceProviderResponse> UpdateServiceProvider(
        UpdateServiceProviderRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var registration = await WithMetadataAsync(
            caller,
            ServiceProviderMessages.Registration(request.Id, request.Settings),
            context.CancellationToken
        );
        var provider = await grains.CallAsync(
            () => grains.SamlServiceProviders.UpdateAsync(caller, registration),
            context.CancellationToken
        );
        if (request.Settings.HasProjectId)
        {
            var change = new ServiceProviderChange { ProjectId = request.Settings.ProjectId };
            provider = await grains.CallAsync(
                () => grains.SamlServiceProviders.ChangeAsync(caller, request.Id, change),
                context.CancellationToken
            );
        }

        return new UpdateServiceProviderResponse { ServiceProvider = ServiceProviderMessages.Message(provider) };
    }

    public override async Task<RefreshServiceProviderResponse> RefreshServiceProvider(
        RefreshServiceProviderRequest request,
        ServerCallContext context
    )
    {
        var (caller, cancellationToken) = (context.Caller(), context.CancellationToken);
        caller.Require(Permission.SamlProviderWrite);
        var known = await grains.CallAsync(() => grains.SamlServiceProviders.TryGetAsync(request.Id), cancellationToken)
            ?? throw new SessionException(SessionErrors.ServiceProviderUnknown);
        var url = known.MetadataUrl ?? throw new SessionException(SessionErrors.ServiceProviderWithoutMetadataUrl);
        var fetch = await fetcher.FetchAsync(url, known.MetadataCertificate, cancellationToken);
        var provider = await grains.CallAsync(() => grains.SamlServiceProviders.RefreshAsync(caller, request.Id, fetch), cancellationToken);
        return provider.MetadataCopy?.Fault is { } fault
            ? throw Unusable(fault)
            : new RefreshServiceProviderResponse { ServiceProvider = ServiceProviderMessages.Message(provider) };
    }

    public override async Task<DeleteServiceProviderResponse> DeleteServiceProvider(
        DeleteServiceProviderRequest request,
        ServerCallContext context
    ) => new() { Deleted = await grains.SamlServiceProviders.DeleteAsync(context.Caller(), request.Id) };

    /// <summary>The registration with the metadata at its address, if it has one. Whoever may not register reads nothing there.</summary>
    private async Task<ServiceProviderRegistration> WithMetadataAsync(
        Caller caller,
        ServiceProviderRegistration registration,
        CancellationToken cancellationToken
    )
    {
        var settings = registration.Settings;
        if (settings.MetadataUrl is not { } url)
        {
            return registration;
        }

        caller.Require(Permission.SamlProviderWrite);
        if (
            registration.Metadata is not null
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http")
            || uri.UserInfo.Length > 0
        )
        {
            throw new SessionException(SessionErrors.ServiceProviderMetadataUrlInvalid);
        }

        if (settings.MetadataCertificate is { } certificate && !CertificateText.HasSigningKey(certificate))
        {
            throw new SessionException(SessionErrors.ServiceProviderMetadataCertificateInvalid);
        }

        var fetch = await fetcher.FetchAsync(url, settings.MetadataCertificate, cancellationToken);
        return fetch.Xml is { } xml ? registration with { Metadata = xml } : throw Unusable(fetch.Fault!);
    }

    private static SessionException Unusable(string fault) =>
        new(SessionErrors.ServiceProviderMetadataUnusable) { Fault = new FieldFault("metadataUrl", fault) };
}
