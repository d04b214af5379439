using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.UsedOnce;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// The grains of OpenID Connect, and calls to them that survive the death of a node. Every call may be repeated: changes carry their own
/// random ids.
/// </summary>
internal sealed class OidcGrains(
    IGrainFactory grains,
    GrainReferences<ITokenFamilyGrain> families,
    GrainReferences<ISessionGrain> sessions,
    GrainReferences<IUserGrain> users,
    TimeProvider clock
)
{
    public IAuthorizationRequestGrain Request(string authorizationId) =>
        grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(authorizationId));

    public IDeviceAuthorizationGrain Device(string authorizationId) =>
        grains.GetGrain<IDeviceAuthorizationGrain>(GrainKeys.Authorization(authorizationId));

    public ITokenFamilyGrain Family(string authorizationId) => families.Get(GrainKeys.Authorization(authorizationId));

    public IOidcClientsGrain Clients => grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    public IUserGrantsGrain UserGrants(string userId) => grains.GetGrain<IUserGrantsGrain>(GrainKeys.User(userId));

    public ILogoutLedgerGrain Logouts => grains.GetGrain<ILogoutLedgerGrain>(0);

    /// <summary>Whether this value was never used before, on any node. The call marks it as used.</summary>
    public Task<bool> TryUseAsync(string what, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var attempt = RandomText.NewId();
        return CallAsync(() => grains.GetGrain<IUsedOnceGrain>(0).TryUseAsync(what, attempt, until), cancellationToken);
    }

    public ISessionGrain Session(string sessionId) => sessions.Get(GrainKeys.Session(sessionId));

    public IUserGrain User(string userId) => users.Get(GrainKeys.User(userId));

    public Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, clock, cancellationToken);

    public Task<T> CallAsync<TCall, T>(Func<TCall, Task<T>> call, TCall with, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, with, clock, cancellationToken);

    public Task CallAsync(Func<Task> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, clock, cancellationToken);
}
