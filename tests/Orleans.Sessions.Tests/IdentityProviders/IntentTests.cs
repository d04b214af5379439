using static Orleans.Sessions.Tests.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Logins at an external provider, on two silos over one real database: surroundings §5, session-api §3.2.</summary>
[Collection(nameof(StoredCluster))]
public sealed class IntentTests(StoredCluster cluster) : IAsyncLifetime
{
    private const string SuccessUrl = "https://login.example.com/success";

    private readonly OidcStub _provider = new();
    private string _providerId = "";

    public async ValueTask InitializeAsync()
    {
        _provider.Now = cluster.Clock.GetUtcNow;
        _provider.Subject = NewName("subject");
        _providerId = NewName("provider");
        await cluster.Grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance).AddAsync(Caller.InCluster, _providerId, new OidcProviderSettings
        {
            Name = "Provider",
            Issuer = _provider.Issuer,
            ClientId = OidcStub.ClientId,
            Policy = new IdentityProviderPolicy { IsLinkingAllowed = true, IsCreationAllowed = true },
        });
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task A_login_may_be_used_for_an_hour_from_its_success()
    {
        var user = await NewLinkedUserAsync();
        var (id, callback) = await StartAsync();
        cluster.Clock.Advance(TimeSpan.FromMinutes(59));
        var token = (await Intent(id).CompleteAsync(callback)).Token!;

        cluster.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(user, (await Intent(id).RetrieveAsync(token)).UserId);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        await FailsAsync(SessionErrors.IntentResultExpired, () => Intent(id).RetrieveAsync(token));
        await FailsAsync(SessionErrors.IntentExpired, () => UseAsync(user, id, token));
    }

    [Fact]
    public async Task The_person_may_take_an_hour_at_the_provider()
    {
        var (id, callback) = await StartAsync();
        cluster.Clock.Advance(TimeSpan.FromHours(1));

        var outcome = await Intent(id).CompleteAsync(callback);

        Assert.Equal(SessionErrors.IntentLoginExpired.Id, outcome.Error);
        Assert.Null(outcome.Token);
        Assert.Equal(SessionErrors.IntentNotStarted.Id, (await Intent(id).CompleteAsync(callback)).Error);
    }

    [Fact]
    public async Task What_is_over_is_forgotten_a_day_later()
    {
        var (id, token) = await LogInAsync();
        cluster.Clock.Advance(TimeSpan.FromHours(24));
        await cluster.SweepAsync();
        await FailsAsync(SessionErrors.IntentResultExpired, () => Intent(id).RetrieveAsync(token));

        cluster.Clock.Advance(TimeSpan.FromHours(1));

        // Whether the row is deleted already or not.
        await FailsAsync(SessionErrors.IntentTokenWrong, () => Intent(id).RetrieveAsync(token));
        await cluster.SweepAsync();
        await cluster.ForgetAsync();
        await FailsAsync(SessionErrors.IntentTokenWrong, () => Intent(id).RetrieveAsync(token));
        await FailsAsync(SessionErrors.IntentUnknown, () => Intent(id).CompleteAsync(new IntentCallback { State = IntentTokens.CreateState(id) }));
    }

    [Fact]
    public async Task Of_parallel_uses_exactly_one_succeeds()
    {
        var user = await NewLinkedUserAsync();
        var (id, token) = await LogInAsync();

        var errors = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ErrorOfAsync(() => UseAsync(user, id, token))));

        Assert.Single(errors, error => error is null);
        Assert.Equal(49, errors.Count(error => error == SessionErrors.IntentNotSucceeded));
    }

    [Fact]
    public async Task Nothing_is_lost_when_all_grains_are_forgotten_between_the_steps()
    {
        var user = await NewLinkedUserAsync();
        var (id, callback) = await StartAsync();
        await cluster.ForgetAsync();
        var outcome = await Intent(id).CompleteAsync(callback);
        Assert.Equal((SuccessUrl, user), (outcome.Url, outcome.UserId));
        await cluster.ForgetAsync();
        await UseAsync(user, id, outcome.Token!);
        await cluster.ForgetAsync();
        await FailsAsync(SessionErrors.IntentNotSucceeded, () => UseAsync(user, id, outcome.Token!));
    }

    [Fact]
    public async Task Of_racing_links_to_one_person_exactly_one_wins()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.NewUserAsync()));

        var errors = await Task.WhenAll(users.Select(user => ErrorOfAsync(() => cluster.User(user).AddIdentityLinkAsync(Caller.InCluster, Identity))));

        Assert.Single(errors, error => error is null);
        Assert.Equal(9, errors.Count(error => error == SessionErrors.LinkTaken));
    }

    private IdentityLink Identity => new(_providerId, _provider.Subject, "name");

    private IIntentGrain Intent(string id) => cluster.Grains.GetGrain<IIntentGrain>(GrainKeys.Intent(id));

    private async Task<string> NewLinkedUserAsync()
    {
        var user = await cluster.NewUserAsync();
        await cluster.User(user).AddIdentityLinkAsync(Caller.InCluster, Identity);
        return user;
    }

    private async Task<(string Id, IntentCallback Callback)> StartAsync()
    {
        var id = NewName("intent");
        var started = await Intent(id).StartAsync(new StartIntent(_providerId, SuccessUrl, "https://login.example.com/failure", "https://api.example.com/idps/callback"));
        var parameters = new Uri(started.AuthUrl).Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        _provider.Nonce = parameters["nonce"];
        return (id, new IntentCallback { State = parameters["state"], Code = "any" });
    }

    private async Task<(string Id, string Token)> LogInAsync()
    {
        var (id, callback) = await StartAsync();
        return (id, (await Intent(id).CompleteAsync(callback)).Token!);
    }

    private Task<SessionChange> UseAsync(string user, string intent, string token) => cluster.Session(NewName("session")).CreateAsync(new CreateSession
    {
        Caller = Caller.InCluster,
        Checks = new Checks { User = new UserCheck { UserId = user }, Intent = new IntentCheck(intent, token) },
    });
}
