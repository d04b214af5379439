using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml;

/// <summary>
/// The grains of SAML, and calls to them that survive the death of a node. Every call may be repeated: changes carry their own random ids.
/// </summary>
internal sealed class SamlGrains(IGrainFactory grains, TimeProvider clock)
{
    public ISamlRequestGrain Request(string requestId) => grains.GetGrain<ISamlRequestGrain>(GrainKeys.SamlRequest(requestId));

    public IServiceProvidersGrain ServiceProviders => grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);

    public ISamlLogoutGrain Logout(string logoutId) => grains.GetGrain<ISamlLogoutGrain>(GrainKeys.SamlLogout(logoutId));

    public IUserGrain User(string userId) => grains.GetGrain<IUserGrain>(GrainKeys.User(userId));

    public Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, clock, cancellationToken);
}
