using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.AdminV1;
using Orleans.Sessions.Protocol.IdpV1;
using Orleans.Sessions.Protocol.V1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>
/// Manages identity providers by ZITADEL's names. How a provider of each kind is added and changed is in <c>AdminService.Kinds.cs</c>. The
/// methods for kinds of providers that do not exist here are not overridden, and so they answer UNIMPLEMENTED.
/// </summary>
internal sealed partial class AdminService(Grains grains, IdGenerator ids, TimeProvider clock)
    : Protocol.AdminV1.AdminService.AdminServiceBase
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public override Task<HealthzResponse> Healthz(HealthzRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthzResponse());

    public override async Task<GetProviderByIDResponse> GetProviderByID(GetProviderByIDRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var provider = await grains.CallAsync(() => grains.IdentityProviders.GetAsync(caller, request.Id), context.CancellationToken);
        return new GetProviderByIDResponse { Idp = AdminMessages.Provider(provider) };
    }

    public override async Task<ListProvidersResponse> ListProviders(ListProvidersRequest request, ServerCallContext context)
    {
        context.Caller().Require(Permission.IdentityProviderRead);
        var found = (await ProvidersAsync(context)).Where(provider => request.Queries.All(query => Matches(provider, query)));
        var (details, page) = Page([.. found], request.Query);
        return new ListProvidersResponse { Details = details, Result = { page.Select(AdminMessages.Provider) } };
    }

    public override async Task<DeleteProviderResponse> DeleteProvider(DeleteProviderRequest request, ServerCallContext context) =>
        new() { Details = AdminMessages.Details(await grains.IdentityProviders.RemoveAsync(context.Caller(), request.Id)) };

    public override async Task<ListLoginPolicyIDPsResponse> ListLoginPolicyIDPs(
        ListLoginPolicyIDPsRequest request,
        ServerCallContext context
    )
    {
        var providers = await ProvidersAsync(context);
        var settings = await grains.CallAsync(() => grains.InstanceSettings.GetAsync(), context.CancellationToken);
        var (details, page) = Page([.. providers.Where(provider => settings.Offers(provider.Id))], request.Query);
        return new ListLoginPolicyIDPsResponse
        {
            Details = details,
            Result =
            {
                page.Select(provider => new IDPLoginPolicyLink
                {
                    IdpId = provider.Id,
                    IdpName = provider.Name,
                    IdpType = provider.Kind switch
                    {
                        ProviderKind.Oidc => IDPType.Oidc,
                        ProviderKind.Jwt => IDPType.Jwt,
                        _ => IDPType.Unspecified,
                    },
                }),
            },
        };
    }

    public override async Task<AddIDPToLoginPolicyResponse> AddIDPToLoginPolicy(
        AddIDPToLoginPolicyRequest request,
        ServerCallContext context
    ) => new() { Details = await OfferAsync(request.IdpId, isOffered: true, context) };

    public override async Task<RemoveIDPFromLoginPolicyResponse> RemoveIDPFromLoginPolicy(
        RemoveIDPFromLoginPolicyRequest request,
        ServerCallContext context
    ) => new() { Details = await OfferAsync(request.IdpId, isOffered: false, context) };

    private async Task<ObjectDetails?> OfferAsync(string providerId, bool isOffered, ServerCallContext context)
    {
        var caller = context.Caller();
        var settings = await grains.CallAsync(
            () => grains.InstanceSettings.OfferProviderAsync(caller, providerId, isOffered),
            context.CancellationToken
        );
        return settings.ProviderDetails is { } details ? AdminMessages.Details(details) : null;
    }

    /// <summary>All providers, ordered by name. The grain checks the permission <c>policy.read</c>.</summary>
    private async Task<IReadOnlyList<IdentityProvider>> ProvidersAsync(ServerCallContext context)
    {
        var caller = context.Caller();
        return await grains.CallAsync(() => grains.IdentityProviders.ListAsync(caller, null), context.CancellationToken);
    }

    private (ListDetails Details, IEnumerable<IdentityProvider> Page) Page(List<IdentityProvider> found, ListQuery? query)
    {
        var limit = query is { Limit: > 0 } ? query.Limit : DefaultLimit;
        if (limit > MaxLimit)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        if (query is { Asc: false })
        {
            found.Reverse();
        }

        return (
            new ListDetails { TotalResult = (ulong)found.Count, ViewTimestamp = Timestamps.Of(clock.GetUtcNow()) },
            found.Skip((int)Math.Min(query?.Offset ?? 0, int.MaxValue)).Take((int)limit)
        );
    }

    private static bool Matches(IdentityProvider provider, ProviderQuery query) =>
        query.QueryCase switch
        {
            ProviderQuery.QueryOneofCase.IdpIdQuery => provider.Id == query.IdpIdQuery.Id,
            ProviderQuery.QueryOneofCase.IdpNameQuery => TextMatch.Is(
                provider.Name,
                query.IdpNameQuery.Name,
                (TextMethod)query.IdpNameQuery.Method
            ),
            _ => throw new SessionException(SessionErrors.QueryMissing),
        };
}
