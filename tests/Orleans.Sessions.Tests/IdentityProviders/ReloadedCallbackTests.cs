using Orleans.Sessions.Tests.IdentityProviders.Harness;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>A person reloads the page to which the provider sent the browser.</summary>
[Collection(nameof(StoredCluster))]
public sealed class ReloadedCallbackTests : IAsyncLifetime
{
    private readonly OidcStub _provider = new();
    private readonly StoredCluster _cluster;
    private readonly ProviderLogins _logins;

    public ReloadedCallbackTests(StoredCluster cluster)
    {
        _cluster = cluster;
        _logins = new(cluster);
        _provider.Now = cluster.Clock.GetUtcNow;
    }

    public async ValueTask InitializeAsync() =>
        await _logins.AddAsync(
            new ProviderSettings
            {
                Name = "Provider",
                Issuer = _provider.Issuer,
                ClientId = OidcStub.ClientId,
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _logins.RemoveAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_browser_that_finished_the_login_gets_the_same_answer_again()
    {
        var (intent, callback) = await StartAsync();
        var first = await intent.CompleteAsync(callback);
        await _cluster.ForgetAsync();

        var again = await intent.CompleteAsync(callback with { Code = "another", Browser = first.Browser });

        Assert.NotNull(first.Token);
        Assert.Equal((first.Url, first.Token, first.Browser), (again.Url, again.Token, again.Browser));
        Assert.Equal(1, _provider.Asked.Count(path => path == "/token"));
    }

    [Fact]
    public async Task Another_browser_does_not_and_nobody_does_after_a_while()
    {
        var (intent, callback) = await StartAsync();
        var first = await intent.CompleteAsync(callback);

        foreach (var browser in new[] { null, "", IntentTokens.Create(), first.Token })
        {
            var other = await intent.CompleteAsync(callback with { Browser = browser });
            Assert.Equal((SessionErrors.IntentNotStarted.Id, null, null), (other.Error, other.Token, other.Browser));
        }

        _cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await intent.CompleteAsync(callback with { Browser = first.Browser })).Token);
    }

    [Fact]
    public async Task A_reload_does_not_prolong_the_time_for_the_next_one()
    {
        var (intent, callback) = await StartAsync();
        var first = await intent.CompleteAsync(callback);
        Assert.NotNull(first.Token);

        _cluster.Clock.Advance(TimeSpan.FromMinutes(4));
        var again = await intent.CompleteAsync(callback with { Browser = first.Browser });
        Assert.Equal((first.Token, first.BrowserUntil), (again.Token, again.BrowserUntil));

        _cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        var late = await intent.CompleteAsync(callback with { Browser = first.Browser });
        Assert.Equal((SessionErrors.IntentNotStarted.Id, null), (late.Error, late.Token));
    }

    [Fact]
    public async Task A_login_that_failed_stays_failed()
    {
        var (intent, callback) = await StartAsync();
        var failed = await intent.CompleteAsync(callback with { Code = null, Error = "access_denied" });

        Assert.Null(failed.Browser);
        Assert.Null((await intent.CompleteAsync(callback)).Token);
    }

    private async Task<(IIntentGrain Intent, IntentCallback Callback)> StartAsync()
    {
        var (id, _, request) = await _logins.StartAsync();
        _provider.Nonce = request["nonce"];
        return (_logins.Intent(id), new IntentCallback { State = request["state"], Code = "code" });
    }
}
