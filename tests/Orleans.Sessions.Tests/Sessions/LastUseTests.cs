using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>What counts as a use of a session, and how often a use is written.</summary>
[Collection(nameof(LenientCluster))]
public sealed class LastUseTests(LenientCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_step = s_idle / 10;

    private OidcClient? _client;

    public async ValueTask InitializeAsync() =>
        _client = await cluster
            .Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients)
            .CreateAsync(Caller.InCluster, new OidcClient { Id = RandomText.NewId(), RedirectUris = ["https://shop.example/"] });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_exchange_of_a_code_is_a_use()
    {
        var login = await LogInAsync();
        cluster.Clock.Advance(s_step);

        await Family(login).RedeemCodeAsync(login.Code, Tokens(login));

        await NotedAsync(login);
    }

    [Fact]
    public async Task A_refresh_is_a_use()
    {
        var login = await LogInAsync();
        var granted = await Family(login).RedeemCodeAsync(login.Code, Tokens(login));
        cluster.Clock.Advance(s_step);

        await Family(login).RefreshAsync(granted.RefreshToken!, Tokens(login));

        await NotedAsync(login);
    }

    /// <summary>User info, introspection and the API itself ask the session in this way.</summary>
    [Fact]
    public async Task The_use_of_an_access_token_is_a_use()
    {
        var login = await LogInAsync();
        var tokens = Tokens(login);
        await Family(login).RedeemCodeAsync(login.Code, tokens);
        cluster.Clock.Advance(s_step);

        await Session(login).AuthenticateAccessTokenAsync(login.Id, tokens.AccessTokenId, tokens.AccessToken);

        await NotedAsync(login);
    }

    [Fact]
    public async Task A_call_with_the_token_of_the_session_is_a_use()
    {
        var login = await LogInAsync();
        cluster.Clock.Advance(s_step);

        await Session(login).AuthenticateAsync(login.SessionToken);

        await NotedAsync(login);
    }

    [Fact]
    public async Task What_somebody_else_reads_and_what_is_refused_is_no_use()
    {
        var login = await LogInAsync();
        var tokens = Tokens(login);
        await Family(login).RedeemCodeAsync(login.Code, tokens);
        var before = (await Session(login).GetAsync(Caller.InCluster, null)).LastUsedAt;
        cluster.Clock.Advance(s_step);
        var written = WritesOf(login);

        await Session(login).GetAsync(Caller.InCluster, null);
        await FailsAsync(SessionErrors.SessionTokenDenied, () => Session(login).GetAsync(Caller.InCluster, "wrong"));
        await FailsAsync(SessionErrors.BearerTokenStale, () => Session(login).AuthenticateAsync("wrong"));
        await FailsAsync(SessionErrors.TokenInvalid, () =>
            Session(login).AuthenticateAccessTokenAsync(login.Id, tokens.AccessTokenId, "wrong")
        );
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(login).RefreshAsync("wrong", Tokens(login)));

        // An update without a change writes nothing, and runs after all that came before it.
        await Session(login).SetAsync(new SetSession { Caller = Caller.InCluster });
        Assert.Equal(written, WritesOf(login));
        Assert.Equal(before, (await Session(login).GetAsync(Caller.InCluster, null)).LastUsedAt);
    }

    [Fact]
    public async Task Uses_within_a_tenth_of_the_idle_timeout_are_written_once()
    {
        var login = await LogInAsync();
        cluster.Clock.Advance(s_step);
        await Session(login).AuthenticateAsync(login.SessionToken);
        var noted = await NotedAsync(login);
        var written = WritesOf(login);

        cluster.Clock.Advance(s_step - TimeSpan.FromSeconds(1));
        for (var use = 0; use < 10; use++)
        {
            await Session(login).AuthenticateAsync(login.SessionToken);
            await Lifecycle(login).UseAsync();
        }

        Assert.Equal(written, WritesOf(login));
        Assert.Equal(noted, (await Session(login).GetAsync(Caller.InCluster, null)).LastUsedAt);

        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await Session(login).AuthenticateAsync(login.SessionToken);
        Assert.Equal(noted + s_step, await NotedAsync(login));
    }

    [Fact]
    public async Task Many_uses_at_once_are_one_write()
    {
        var login = await LogInAsync();
        cluster.Clock.Advance(s_step);
        var written = WritesOf(login);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Lifecycle(login).UseAsync()));

        Assert.Equal(written + 1, WritesOf(login));
        await NotedAsync(login);
    }

    /// <summary>Returns the last use as readers see it, once it is written.</summary>
    private async Task<DateTimeOffset?> NotedAsync(Login login)
    {
        var before = cluster.Clock.GetUtcNow() - s_step;
        await cluster.Store.WaitForAsync(store => store.Session(login.SessionId)!.UsedAt > before);

        // It is not due any more, and runs after the call that wrote.
        await Lifecycle(login).UseAsync();
        var read = await Session(login).GetAsync(Caller.InCluster, null);
        Assert.True(read.LastUsedAt > before);
        Assert.Equal(read.LastUsedAt + s_idle, read.ExpirationDate);
        return read.LastUsedAt;
    }

    private int WritesOf(Login login) => cluster.Store.WritesOf(Session(login).GetGrainId());

    private ISessionGrain Session(Login login) => cluster.Session(login.SessionId);

    private ISessionLifecycle Lifecycle(Login login) => cluster.Grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(login.SessionId));

    private ITokenFamilyGrain Family(Login login) => cluster.Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(login.Id));

    /// <summary>A login of the application. Its code lives for a minute.</summary>
    private async Task<Login> LogInAsync()
    {
        var user = await cluster.NewHumanAsync();
        var (id, sessionId) = (RandomText.NewId(), NewName("session"));
        var session = await cluster
            .Session(sessionId)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = user },
                        Password = Password,
                    },
                    IdleTimeout = s_idle,
                }
            );
        var request = cluster.Grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(id));
        await request.StartAsync(
            new AuthorizationRequest
            {
                ClientId = _client!.Id,
                ClientRegisteredAt = _client.CreatedAt,
                Issuer = "https://id.example.com",
                RedirectUri = "https://shop.example/",
                Scopes = ["openid", "offline_access"],
            }
        );
        var code = OidcTokens.Create(OidcTokens.Code, id);
        await request.CompleteAsync(
            new RequestCompletion
            {
                Caller = Caller.InCluster,
                SessionId = sessionId,
                SessionToken = session.Token!,
                Code = code,
            }
        );
        return new Login(id, code, sessionId, session.Token!);
    }

    private static NewTokens Tokens(Login login)
    {
        var tokenId = RandomText.NewId();
        return new NewTokens
        {
            AccessTokenId = tokenId,
            AccessToken = OidcTokens.CreateAccess(login.Id, tokenId, login.SessionId),
            AccessTokenLifetime = TimeSpan.FromHours(1),
            RefreshSecret = RandomText.NewSecret(),
            RefreshTokenIdle = TimeSpan.FromDays(10),
            RefreshTokenLifetime = TimeSpan.FromDays(15),
        };
    }

    private sealed record Login(string Id, string Code, string SessionId, string SessionToken);
}
