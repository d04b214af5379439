using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.AdminV1;
using Orleans.Sessions.Protocol.V1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <content>Providers of each kind are added and changed.</content>
internal sealed partial class AdminService
{
    public override async Task<AddGenericOIDCProviderResponse> AddGenericOIDCProvider(
        AddGenericOIDCProviderRequest request,
        ServerCallContext context
    )
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddGenericOIDCProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateGenericOIDCProviderResponse> UpdateGenericOIDCProvider(
        UpdateGenericOIDCProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddGenericOAuthProviderResponse> AddGenericOAuthProvider(
        AddGenericOAuthProviderRequest request,
        ServerCallContext context
    )
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddGenericOAuthProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateGenericOAuthProviderResponse> UpdateGenericOAuthProvider(
        UpdateGenericOAuthProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddAzureADProviderResponse> AddAzureADProvider(AddAzureADProviderRequest request, ServerCallContext context)
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddAzureADProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateAzureADProviderResponse> UpdateAzureADProvider(
        UpdateAzureADProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddGitHubProviderResponse> AddGitHubProvider(AddGitHubProviderRequest request, ServerCallContext context)
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddGitHubProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateGitHubProviderResponse> UpdateGitHubProvider(
        UpdateGitHubProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddGitHubEnterpriseServerProviderResponse> AddGitHubEnterpriseServerProvider(
        AddGitHubEnterpriseServerProviderRequest request,
        ServerCallContext context
    )
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddGitHubEnterpriseServerProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateGitHubEnterpriseServerProviderResponse> UpdateGitHubEnterpriseServerProvider(
        UpdateGitHubEnterpriseServerProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddGitLabProviderResponse> AddGitLabProvider(AddGitLabProviderRequest request, ServerCallContext context)
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddGitLabProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateGitLabProviderResponse> UpdateGitLabProvider(
        UpdateGitLabProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddGitLabSelfHostedProviderResponse> AddGitLabSelfHostedProvider(
        AddGitLabSelfHostedProviderRequest request,
        ServerCallContext context
    )
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddGitLabSelfHostedProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateGitLabSelfHostedProviderResponse> UpdateGitLabSelfHostedProvider(
        UpdateGitLabSelfHostedProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddGoogleProviderResponse> AddGoogleProvider(AddGoogleProviderRequest request, ServerCallContext context)
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddGoogleProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateGoogleProviderResponse> UpdateGoogleProvider(
        UpdateGoogleProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddAppleProviderResponse> AddAppleProvider(AddAppleProviderRequest request, ServerCallContext context)
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddAppleProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateAppleProviderResponse> UpdateAppleProvider(
        UpdateAppleProviderRequest request,
        ServerCallContext context
    ) => new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    public override async Task<AddJWTProviderResponse> AddJWTProvider(AddJWTProviderRequest request, ServerCallContext context)
    {
        var (id, details) = await AddAsync(AdminRequests.Settings(request), context);
        return new AddJWTProviderResponse { Id = id, Details = details };
    }

    public override async Task<UpdateJWTProviderResponse> UpdateJWTProvider(UpdateJWTProviderRequest request, ServerCallContext context) =>
        new() { Details = await UpdateAsync(request.Id, AdminRequests.Settings(request), context) };

    private async Task<(string Id, ObjectDetails Details)> AddAsync(ProviderSettings settings, ServerCallContext context)
    {
        var (id, caller) = (await ids.NextAsync(), context.Caller());
        var details = await grains.CallAsync(() => grains.IdentityProviders.AddAsync(caller, id, settings), context.CancellationToken);
        return (id, AdminMessages.Details(details));
    }

    private async Task<ObjectDetails> UpdateAsync(string id, ProviderSettings settings, ServerCallContext context) =>
        AdminMessages.Details(await grains.IdentityProviders.UpdateAsync(context.Caller(), id, settings));
}
