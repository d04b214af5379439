using Orleans.Concurrency;
using Orleans.Sessions.Names;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Oidc;

/// <inheritdoc cref="IServiceAccountsGrain"/>
[StatelessWorker]
[GrainType("service-accounts")]
internal sealed class ServiceAccountsGrain : Grain, IServiceAccountsGrain
{
    private const int MaxName = 200;
    private const int MaxSecret = 200;

    /// <inheritdoc/>
    public async Task<string?> AuthenticateAsync(string userName, string secret)
    {
        if (userName.Length is 0 or > MaxName || secret.Length is 0 or > MaxSecret)
        {
            return null;
        }

        // The cached owner of a name may be out of date, so a failure is confirmed with the database.
        string? asked = null;
        foreach (var key in LoginName.KeysOf(userName))
        {
            var name = GrainFactory.GetGrain<ILoginNameGrain>(GrainKeys.LoginName(key));
            foreach (var afresh in new[] { false, true })
            {
                if (await name.ResolveAsync(afresh) is { } userId && userId != asked)
                {
                    if (await GrainFactory.GetGrain<IUserGrain>(GrainKeys.User(userId)).HasSecretAsync(userName, secret))
                    {
                        return userId;
                    }

                    asked = userId;
                }
            }
        }

        return null;
    }
}
