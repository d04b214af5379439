using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Saml;

/// <summary>The way of a logout from one service provider to the next, and the data that remain afterwards.</summary>
[Collection(nameof(StoredCluster))]
public sealed class LogoutTests(StoredCluster cluster)
{
    [Fact]
    public async Task A_repeated_call_gets_the_same_answer_and_another_one_does_not()
    {
        var (first, second, third) = (await RegisterAsync(), await RegisterAsync(), await RegisterAsync());
        var (session, name) = await SignInAsync(first, second, third);
        var logout = NewLogout();
        var request = new SamlLogoutRequest
        {
            EntityId = first,
            RequestId = "_r",
            Origin = "https://id.example.com",
            Binding = SamlBindingUris.Post,
            NameId = name,
        };
        var told = (await logout.EndForAsync(request)).Next!;
        await Assert.ThrowsAsync<SessionException>(() => cluster.GetAsync(session));
        Assert.Equivalent(told, (await logout.EndForAsync(request)).Next);

        await cluster.ForgetAsync();
        var answer = new SamlLogoutAnswer
        {
            EntityId = told.EntityId,
            RequestId = told.RequestId,
            IsDone = true,
            Attempt = "a",
        };
        var next = (await logout.ContinueAsync(answer)).Next!;
        Assert.Equal(new[] { second, third }.Order(StringComparer.Ordinal), [told.EntityId, next.EntityId]);
        Assert.NotEqual(told.RequestId, next.RequestId);
        await cluster.ForgetAsync();
        Assert.Equivalent(next, (await logout.ContinueAsync(answer)).Next);
        await RefusedAsync(() => logout.ContinueAsync(answer with { Attempt = "b" }));

        var end = await logout.ContinueAsync(
            new SamlLogoutAnswer
            {
                EntityId = next.EntityId,
                RequestId = next.RequestId,
                IsDone = false,
                Attempt = "c",
            }
        );
        Assert.Null(end.Next);
        Assert.Equivalent(request, end.Request);
        Assert.True(end.IsPartial);
    }

    [Fact]
    public async Task Answers_are_taken_for_ten_minutes_and_then_nothing_is_left()
    {
        var provider = await RegisterAsync();
        var (session, _) = await SignInAsync(provider);
        var logout = NewLogout();
        var told = (await logout.EndAsync(session, "https://shop.example.com/")).Next!;
        var answer = new SamlLogoutAnswer
        {
            EntityId = provider,
            RequestId = told.RequestId,
            IsDone = true,
            Attempt = "a",
        };

        cluster.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal("https://shop.example.com/", (await logout.ContinueAsync(answer)).ReturnTo);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(() => logout.ContinueAsync(answer));
    }

    [Fact]
    public async Task A_logout_after_the_session_is_over_means_nobody()
    {
        var (first, second) = (await RegisterAsync(), await RegisterAsync());
        var (session, name) = await SignInAsync(first, second);
        var request = new SamlLogoutRequest
        {
            EntityId = first,
            RequestId = "_r",
            Origin = "https://id.example.com",
            Binding = SamlBindingUris.Post,
            NameId = name,
        };
        await cluster.Session(session).DeleteAsync(Caller.InCluster, null);
        var step = await NewLogout().EndForAsync(request);
        Assert.Null(step.Next);
        Assert.False(step.IsPartial);
        Assert.Null((await NewLogout().EndAsync(session, "https://shop.example.com/")).Next);

        cluster.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(2));
        await cluster.SweepAsync();
        step = await NewLogout().EndForAsync(request);
        Assert.Null(step.Next);
        Assert.False(step.IsPartial);
        Assert.Equivalent(request, step.Request);
    }

    [Fact]
    public async Task A_logout_without_a_session_reaches_only_participants_of_living_sessions()
    {
        var (first, over, alive) = (await RegisterAsync(), await RegisterAsync(), await RegisterAsync());
        var user = await cluster.NewUserAsync();
        var (ended, name) = await SignInAsAsync(user, first, over);
        await cluster.Session(ended).DeleteAsync(Caller.InCluster, null);
        await SignInAsAsync(user, first, alive);

        var logout = NewLogout();
        var told = (
            await logout.EndForAsync(
                new SamlLogoutRequest
                {
                    EntityId = first,
                    RequestId = "_r",
                    Origin = "https://id.example.com",
                    Binding = SamlBindingUris.Post,
                    NameId = name,
                }
            )
        ).Next!;
        Assert.Equal(alive, told.EntityId);
        Assert.Null(
            (
                await logout.ContinueAsync(
                    new SamlLogoutAnswer
                    {
                        EntityId = alive,
                        RequestId = told.RequestId,
                        IsDone = true,
                        Attempt = "a",
                    }
                )
            ).Next
        );
    }

    [Fact]
    public async Task A_repeated_call_says_again_that_somebody_cannot_be_notified()
    {
        var (first, deaf) = (await RegisterAsync(), await RegisterAsync(canLogOut: false));
        var (_, name) = await SignInAsync(first, deaf);
        var logout = NewLogout();
        var request = new SamlLogoutRequest
        {
            EntityId = first,
            RequestId = "_r",
            Origin = "https://id.example.com",
            Binding = SamlBindingUris.Post,
            NameId = name,
        };

        var step = await logout.EndForAsync(request);
        await cluster.ForgetAsync();
        var again = await logout.EndForAsync(request);

        Assert.Null(step.Next);
        Assert.True(step.IsPartial);
        Assert.Equivalent(step, again);
    }

    private ISamlLogoutGrain NewLogout() => cluster.Grains.GetGrain<ISamlLogoutGrain>(GrainKeys.SamlLogout(RandomText.NewId()));

    private async Task<string> RegisterAsync(bool canLogOut = true)
    {
        var id = NewName("sp");
        await cluster
            .Grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders)
            .CreateAsync(
                Caller.InCluster,
                new ServiceProviderRegistration(
                    new ServiceProvider
                    {
                        Id = id,
                        EntityId = $"urn:{id}",
                        AssertionConsumers = [new AssertionConsumer($"https://{id}.example/acs", SamlBindingUris.Post)],
                        LogoutEndpoints = canLogOut ? [new LogoutEndpoint($"https://{id}.example/slo", SamlBindingUris.Redirect)] : [],
                    }
                )
            );
        return $"urn:{id}";
    }

    /// <summary>A session that has logged in at these service providers, and the user's name id there.</summary>
    private async Task<(string SessionId, string NameId)> SignInAsync(params string[] entityIds) =>
        await SignInAsAsync(await cluster.NewUserAsync(), entityIds);

    private async Task<(string SessionId, string NameId)> SignInAsAsync(string user, params string[] entityIds)
    {
        var (id, token) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = StoredCluster.Password,
                },
            }
        );
        SamlAnswer? answer = null;
        foreach (var entityId in entityIds)
        {
            var requestId = $"_{RandomText.NewId()}";
            var request = cluster.Grains.GetGrain<ISamlRequestGrain>(GrainKeys.SamlRequest(SamlRequestIds.Of(entityId, requestId)));
            await request.StartAsync(
                new SamlRequest
                {
                    EntityId = entityId,
                    RequestId = requestId,
                    Origin = "https://id.example.com",
                    AssertionConsumer = $"https://{entityId["urn:".Length..]}.example/acs",
                    Binding = SamlBindingUris.Post,
                    NameIdFormat = NameIdFormats.EmailAddress,
                },
                "a"
            );
            answer = await request.CompleteAsync(
                new SamlCompletion
                {
                    Caller = Caller.InCluster,
                    SessionId = id,
                    SessionToken = token,
                    Ticket = RandomText.NewSecret(),
                }
            );
        }

        return (id, answer!.Subject!.NameId);
    }

    private static async Task RefusedAsync(Func<Task> call) =>
        Assert.Equal(SessionErrors.SamlLogoutNotWaiting, (await Assert.ThrowsAsync<SessionException>(call)).Error);
}
