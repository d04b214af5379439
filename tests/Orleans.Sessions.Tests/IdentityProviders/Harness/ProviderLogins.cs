using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders.Harness;

/// <summary>Logins at one provider, without a browser.</summary>
internal sealed class ProviderLogins(StoredCluster cluster)
{
    public const string CallbackUrl = "https://api.example.com/idps/callback";

    private bool _isAdded;

    public string ProviderId { get; } = NewName("provider");

    private IIdentityProvidersGrain Providers => cluster.Grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance);

    /// <summary>Registers the provider, at which a login may link and create people.</summary>
    public async Task AddAsync(ProviderSettings settings)
    {
        var policy = settings.Policy with { IsLinkingAllowed = true, IsCreationAllowed = true };
        await Providers.AddAsync(Caller.InCluster, ProviderId, settings with { Policy = policy });
        _isAdded = true;
    }

    /// <summary>Removes the provider, if it is there: a cluster has a limit of providers.</summary>
    public async Task RemoveAsync()
    {
        if (_isAdded)
        {
            await Providers.RemoveAsync(Caller.InCluster, ProviderId);
        }
    }

    /// <summary>Starts a login. Returns its id, the address of the login page, and the parameters there.</summary>
    public async Task<(string Id, Uri Page, Dictionary<string, string> Request)> StartAsync(string? loginHint = null)
    {
        var id = NewName("intent");
        var command = new StartIntent(ProviderId, "https://login.example.com/yes", "https://login.example.com/no", CallbackUrl);
        var started = await Intent(id).StartAsync(Caller.InCluster, command with { LoginHint = loginHint });
        var page = new Uri(started.AuthUrl);
        return (
            id,
            page,
            page.Query.TrimStart('?')
                .Split('&')
                .Select(pair => pair.Split('='))
                .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]))
        );
    }

    /// <summary>Starts a login and comes back from the provider.</summary>
    /// <param name="prepare">Takes the parameters of the login page, and prepares the provider.</param>
    /// <param name="user">What Apple sends beside the code.</param>
    public async Task<(string Id, IntentOutcome Outcome)> TryAsync(Action<Dictionary<string, string>>? prepare = null, string? user = null)
    {
        var (id, _, request) = await StartAsync();
        prepare?.Invoke(request);
        var callback = new IntentCallback
        {
            State = request["state"],
            Code = "code",
            User = user,
        };
        return (id, await Intent(id).CompleteAsync(callback));
    }

    /// <summary>What a login that must succeed tells.</summary>
    public async Task<RetrievedIntent> LogInAsync(Action<Dictionary<string, string>>? prepare = null, string? user = null)
    {
        var (id, outcome) = await TryAsync(prepare, user);
        Assert.True(outcome.Token is not null, $"{outcome.Error}: {outcome.ErrorDescription}");
        return await Intent(id).RetrieveAsync(Caller.InCluster, outcome.Token!);
    }

    /// <summary>Comes back with the request that a gateway has given a token, or with another answer.</summary>
    public async Task<(string Id, IntentOutcome Outcome)> ComeBackAsync(Func<string, IntentCallback> answer)
    {
        var (id, _, request) = await StartAsync();
        return (id, await Intent(id).CompleteAsync(answer(request[IntentCallback.JwtState])));
    }

    public IIntentGrain Intent(string id) => cluster.Grains.GetGrain<IIntentGrain>(GrainKeys.Intent(id));
}
