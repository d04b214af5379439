using Grpc.Core;
using Orleans.Sessions.Protocol.AdminV1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>The methods of <see cref="AdminService"/> by the name that they had here at first.</summary>
internal sealed class IdentityProviderAdminService(AdminService admin)
    : Protocol.AdminV1.IdentityProviderAdminService.IdentityProviderAdminServiceBase
{
    public override Task<AddGenericOIDCProviderResponse> AddGenericOIDCProvider(
        AddGenericOIDCProviderRequest request,
        ServerCallContext context
    ) => admin.AddGenericOIDCProvider(request, context);

    public override Task<UpdateGenericOIDCProviderResponse> UpdateGenericOIDCProvider(
        UpdateGenericOIDCProviderRequest request,
        ServerCallContext context
    ) => admin.UpdateGenericOIDCProvider(request, context);

    public override Task<DeleteProviderResponse> DeleteProvider(DeleteProviderRequest request, ServerCallContext context) =>
        admin.DeleteProvider(request, context);
}
