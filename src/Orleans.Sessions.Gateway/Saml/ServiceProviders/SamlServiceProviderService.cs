using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.SamlProvidersV1;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.ServiceProviders;

/// <summary>The registry of service providers for administrators.</summary>
internal sealed class SamlServiceProviderService(Grains grains, IdGenerator ids) : ServiceProviderService.ServiceProviderServiceBase
{
    public override async Task<CreateServiceProviderResponse> CreateServiceProvider(
        CreateServiceProviderRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var registration = ServiceProviderMessages.Registration(
            request.Id.Length > 0 ? request.Id : await ids.NextAsync(),
            request.Settings
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
        var registration = ServiceProviderMessages.Registration(request.Id, request.Settings);
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

    public override async Task<DeleteServiceProviderResponse> DeleteServiceProvider(
        DeleteServiceProviderRequest request,
        ServerCallContext context
    ) => new() { Deleted = await grains.SamlServiceProviders.DeleteAsync(context.Caller(), request.Id) };
}
