using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Logins at an external provider, on two silos over one real database.</summary>
[Collection(nameof(StoredCluster))]
public sealed class IntentTests(StoredCluster cluster) : IAsyncLifetime
{
    private const string SuccessUrl = "https://login.example.com/success";
    private const string FailureUrl = "https://login.example.com/failure";
    private const string StartUrl = "https://api.example.com/idps/start/";

    private static readonly Caller s_frontend = CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"]));

    private readonly OidcStub _provider = new();
    private string _providerId = "";

    public async ValueTask InitializeAsync()
    {
        _provider.Now = cluster.Clock.GetUtcNow;
        _provider.Subject = NewName("subject");
        _providerId = NewName("provider");
        await cluster
            .Grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance)
            .AddAsync(
                Caller.InCluster,
                _providerId,
                new ProviderSettings
                {
                    Name = "Provider",
                    Issuer = _provider.Issuer,
                    ClientId = OidcStub.ClientId,
                    Policy = new IdentityProviderPolicy { IsLinkingAllowed = true, IsCreationAllowed = true },
                }
            );
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
        Assert.Equal(user, (await Intent(id).RetrieveAsync(Caller.InCluster, token)).UserId);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        await FailsAsync(SessionErrors.IntentResultExpired, () => Intent(id).RetrieveAsync(Caller.InCluster, token));
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
        await FailsAsync(SessionErrors.IntentResultExpired, () => Intent(id).RetrieveAsync(Caller.InCluster, token));

        cluster.Clock.Advance(TimeSpan.FromHours(1));

        // This holds whether or not the row is already deleted.
        await FailsAsync(SessionErrors.IntentTokenWrong, () => Intent(id).RetrieveAsync(Caller.InCluster, token));
        await cluster.SweepAsync();
        await cluster.ForgetAsync();
        await FailsAsync(SessionErrors.IntentTokenWrong, () => Intent(id).RetrieveAsync(Caller.InCluster, token));
        await FailsAsync(SessionErrors.IntentUnknown, () =>
            Intent(id).CompleteAsync(new IntentCallback { State = IntentTokens.CreateState(id) })
        );
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

        var errors = await Task.WhenAll(
            users.Select(user => ErrorOfAsync(() => cluster.User(user).AddIdentityLinkAsync(Caller.InCluster, Identity)))
        );

        Assert.Single(errors, error => error is null);
        Assert.Equal(9, errors.Count(error => error == SessionErrors.LinkTaken));
    }

    [Fact]
    [Asvs("10.1.1")]
    public async Task A_result_is_for_who_started_the_login_and_for_login_frontends()
    {
        var user = await NewLinkedUserAsync();
        var owner = CallerWith(Roles.PermissionsOf(["IAM_OWNER"])) with { UserId = NewName("owner") };
        var (id, token) = await LogInAsync(s_frontend);

        // The owner of the instance is neither the starter nor a login frontend.
        await FailsAsync(SessionErrors.IntentStarterOther, () => Intent(id).RetrieveAsync(owner, token));
        await FailsAsync(SessionErrors.IntentStarterOther, () => UseAsync(user, id, token, owner));
        await FailsAsync(SessionErrors.IntentTokenWrong, () => Intent(id).RetrieveAsync(owner, IntentTokens.Create()));
        Assert.Equal(user, (await Intent(id).RetrieveAsync(s_frontend with { UserId = NewName("frontend") }, token)).UserId);
        await UseAsync(user, id, token, s_frontend);

        (id, token) = await LogInAsync();
        await FailsAsync(SessionErrors.IntentStarterOther, () => Intent(id).RetrieveAsync(CallerWith() with { UserId = "" }, token));
        await UseAsync(user, id, token);
    }

    [Fact]
    public async Task A_person_who_started_a_login_gets_its_result_in_the_same_session_only()
    {
        var person = new Caller { UserId = NewName("person"), SessionId = "one" };
        var id = NewName("intent");
        var local = new StartIntent(
            _providerId,
            "http://127.0.0.1:3000/ok",
            "http://127.0.0.1:3000/no",
            "https://api.example.com/idps/callback"
        );
        var token = (await Intent(id).CompleteAsync(Callback((await Intent(id).StartAsync(person, local)).AuthUrl))).Token!;

        foreach (
            var other in new[]
            {
                person with
                {
                    SessionId = "two",
                },
                person with
                {
                    SessionId = null,
                },
                person with
                {
                    UserId = NewName("person"),
                },
            }
        )
        {
            await FailsAsync(SessionErrors.IntentStarterOther, () => Intent(id).RetrieveAsync(other, token));
        }

        Assert.Equal(_provider.Subject, (await Intent(id).RetrieveAsync(person, token)).Identity.ExternalId);
        Assert.Equal(_provider.Subject, (await Intent(id).RetrieveAsync(s_frontend, token)).Identity.ExternalId);
    }

    [Fact]
    [Asvs("10.1.2")]
    public async Task A_bound_login_is_finished_by_the_browser_that_began_it()
    {
        var (id, ticket) = await StartBoundAsync();
        var begun = await Intent(id).BeginAsync(ticket, null);
        var callback = Callback(begun.AuthUrl);
        await cluster.ForgetAsync();

        foreach (var browser in new[] { null, "", IntentTokens.Create(), ticket })
        {
            // The refusal does not spoil the login for the right browser.
            var refused = await Intent(id).CompleteAsync(callback with { Browser = browser });
            Assert.Equal((FailureUrl, SessionErrors.IntentBrowserOther.Id, null), (refused.Url, refused.Error, refused.Token));
            await FailsAsync(SessionErrors.IntentBrowserOther, () => Intent(id).BeginAsync(ticket, browser));
        }

        Assert.Equal(begun.AuthUrl, (await Intent(id).BeginAsync(ticket, begun.Browser)).AuthUrl);
        Assert.NotNull((await Intent(id).CompleteAsync(callback with { Browser = begun.Browser })).Token);
        await FailsAsync(SessionErrors.IntentNotStarted, () => Intent(id).BeginAsync(ticket, begun.Browser));
    }

    [Fact]
    public async Task Only_the_ticket_begins_a_bound_login_and_only_in_time()
    {
        var (id, ticket) = await StartBoundAsync();
        var (unbound, _) = await StartAsync();

        await FailsAsync(SessionErrors.IntentUnknown, () => Intent(id).BeginAsync(IntentTokens.CreateState(id), null));
        await FailsAsync(SessionErrors.IntentUnknown, () => Intent(unbound).BeginAsync(IntentTokens.CreateState(unbound), null));
        await FailsAsync(SessionErrors.IntentUnknown, () => Intent(NewName("intent")).BeginAsync(ticket, null));
        await FailsAsync(SessionErrors.IntentUnknown, () => Intent(id).CompleteAsync(new IntentCallback { State = ticket, Code = "any" }));
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await FailsAsync(SessionErrors.IntentLoginExpired, () => Intent(id).BeginAsync(ticket, null));
    }

    [Theory]
    [Asvs("10.2.2")]
    [InlineData(null, false)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("the provider", true)]
    public async Task An_error_counts_only_when_the_provider_says_it(string? issuer, bool counts)
    {
        _provider.Discovery = document => document["authorization_response_iss_parameter_supported"] = true;
        var (id, callback) = await StartAsync();

        var outcome = await Intent(id)
            .CompleteAsync(
                callback with
                {
                    Code = null,
                    Error = "access_denied",
                    Issuer = issuer == "the provider" ? _provider.Issuer : issuer,
                }
            );

        Assert.Equal(counts ? "access_denied" : SessionErrors.ProviderAway.Id, outcome.Error);
        Assert.Equal(SessionErrors.IntentNotStarted.Id, (await Intent(id).CompleteAsync(callback)).Error);
    }

    [Fact]
    public async Task A_provider_that_names_itself_to_nobody_need_not_when_it_refuses()
    {
        var (id, callback) = await StartAsync();

        Assert.Equal("access_denied", (await Intent(id).CompleteAsync(callback with { Code = null, Error = "access_denied" })).Error);
    }

    private IdentityLink Identity => new(_providerId, _provider.Subject, "name");

    private IIntentGrain Intent(string id) => cluster.Grains.GetGrain<IIntentGrain>(GrainKeys.Intent(id));

    private async Task<string> NewLinkedUserAsync()
    {
        var user = await cluster.NewUserAsync();
        await cluster.User(user).AddIdentityLinkAsync(Caller.InCluster, Identity);
        return user;
    }

    private async Task<(string Id, IntentCallback Callback)> StartAsync(Caller? caller = null)
    {
        var id = NewName("intent");
        var started = await Intent(id)
            .StartAsync(
                caller ?? Caller.InCluster,
                new StartIntent(_providerId, SuccessUrl, FailureUrl, "https://api.example.com/idps/callback")
            );
        return (id, Callback(started.AuthUrl));
    }

    /// <summary>The parameters with which the provider sends the browser back.</summary>
    private IntentCallback Callback(string authUrl)
    {
        var parameters = new Uri(authUrl)
            .Query.TrimStart('?')
            .Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        _provider.Nonce = parameters["nonce"];
        return new IntentCallback { State = parameters["state"], Code = "any" };
    }

    private async Task<(string Id, string Ticket)> StartBoundAsync()
    {
        var id = NewName("intent");
        var started = await Intent(id)
            .StartAsync(
                Caller.InCluster,
                new StartIntent(_providerId, SuccessUrl, FailureUrl, "https://api.example.com/idps/callback", StartUrl, BindToBrowser: true)
            );
        Assert.StartsWith(StartUrl, started.AuthUrl, StringComparison.Ordinal);
        return (id, started.AuthUrl[StartUrl.Length..]);
    }

    private async Task<(string Id, string Token)> LogInAsync(Caller? caller = null)
    {
        var (id, callback) = await StartAsync(caller);
        return (id, (await Intent(id).CompleteAsync(callback)).Token!);
    }

    private Task<SessionChange> UseAsync(string user, string intent, string token, Caller? caller = null) =>
        cluster
            .Session(NewName("session"))
            .CreateAsync(
                new CreateSession
                {
                    Caller = caller ?? Caller.InCluster,
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = user },
                        Intent = new IntentCheck(intent, token),
                    },
                }
            );
}
