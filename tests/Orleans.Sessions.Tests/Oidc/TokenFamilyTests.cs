using Orleans.Sessions.Audit;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Grants;
using Orleans.Sessions.Secrets;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>Codes and tokens over time, and calls that are repeated because the answer was lost.</summary>
[Collection(nameof(LenientCluster))]
public sealed class TokenFamilyTests(LenientCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_accessLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_idle = TimeSpan.FromDays(10);
    private static readonly TimeSpan s_refreshLifetime = TimeSpan.FromDays(15);

    private OidcClient? _client;

    /// <summary>Registers the client, because only requests of registered clients can be completed.</summary>
    public async ValueTask InitializeAsync() =>
        _client = await cluster
            .Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients)
            .CreateAsync(Caller.InCluster, new OidcClient { Id = "web", RedirectUris = ["https://shop.example/"] });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Asvs("10.4.3")]
    public async Task A_request_waits_an_hour_and_its_code_a_minute()
    {
        var session = await NewSessionAsync();
        var (late, forgotten) = (await NewRequestAsync(), await NewRequestAsync());
        cluster.Clock.Advance(TimeSpan.FromMinutes(59));
        var code = await CompleteAsync(late, session);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        await FailsAsync(SessionErrors.AuthRequestCodeUsed, () => Family(late).PeekCodeAsync(code));
        await FailsAsync(SessionErrors.AuthRequestCodeUsed, () => Family(late).RedeemCodeAsync(code, Tokens(late)));
        await FailsAsync(SessionErrors.AuthRequestMissing, () => CompleteAsync(forgotten, session));
        await FailsAsync(SessionErrors.AuthRequestUnknown, () => Request(forgotten).GetRequestAsync(Caller.InCluster));
    }

    [Fact]
    [Asvs("10.4.2")]
    public async Task A_repeated_call_is_answered_again_and_another_use_kills_the_family()
    {
        var id = await NewRequestAsync();
        var code = await CompleteAsync(id, await NewSessionAsync());
        var tokens = Tokens(id);
        var first = await Family(id).RedeemCodeAsync(code, tokens);
        var repeated = await Family(id).RedeemCodeAsync(code, tokens);
        Assert.Equal((first.TokenId, first.RefreshToken), (repeated.TokenId, repeated.RefreshToken));
        var next = Tokens(id);
        var second = await Family(id).RefreshAsync(first.RefreshToken!, next);
        repeated = await Family(id).RefreshAsync(first.RefreshToken!, next);
        Assert.Equal((second.TokenId, second.RefreshToken), (repeated.TokenId, repeated.RefreshToken));
        await Family(id).AuthenticateAsync(next.AccessTokenId, next.AccessToken);
        cluster.Clock.Advance(s_grace);

        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).RefreshAsync(first.RefreshToken!, Tokens(id)));

        await FailsAsync(SessionErrors.TokenInvalid, () => Family(id).AuthenticateAsync(next.AccessTokenId, next.AccessToken));
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).RefreshAsync(second.RefreshToken!, Tokens(id)));
    }

    [Fact]
    public async Task Uses_of_one_refresh_token_at_the_same_time_get_the_same_successor_and_nothing_that_lives_longer()
    {
        var (id, _, refresh) = await NewFamilyAsync();
        var winner = await Family(id).RefreshAsync(refresh, Tokens(id));
        cluster.Clock.Advance(s_grace - TimeSpan.FromSeconds(1));
        await Family(id).PeekRefreshTokenAsync(refresh, isUse: true);
        var tokens = Tokens(id);

        var other = await Family(id).RefreshAsync(refresh, tokens);

        Assert.Equal((winner.RefreshToken, winner.ExpiresAt), (other.RefreshToken, other.ExpiresAt));
        Assert.Equal(winner.RefreshExpiresAt, other.RefreshExpiresAt);
        await Family(id).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken);
        var next = await Family(id).RefreshAsync(winner.RefreshToken!, Tokens(id));
        Assert.NotEqual(winner.RefreshToken, next.RefreshToken);

        // By then it is not the one before the current one any more.
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).RefreshAsync(refresh, Tokens(id)));
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).RefreshAsync(next.RefreshToken!, Tokens(id)));
    }

    [Fact]
    [Asvs("10.4.5")]
    public async Task Any_earlier_refresh_token_kills_the_family_and_none_can_be_made_up()
    {
        var (id, tokens, refresh) = await NewFamilyAsync();
        var first = refresh;
        for (var use = 0; use < 30; use++)
        {
            tokens = Tokens(id);
            refresh = (await Family(id).RefreshAsync(refresh, tokens)).RefreshToken!;
        }

        // The token of an attacker who knows the family but has none of its tokens.
        var parts = first.Split('.');
        foreach (
            var made in new[]
            {
                $"{parts[0]}.1.{RandomText.NewSecret()}",
                $"{parts[0]}.1.{RandomText.NewSecret()}.{parts[3]}",
                $"{parts[0]}.2.{parts[2]}.{parts[3]}",
                $"{parts[0]}..x.{parts[3]}",
                $"{parts[0]}.1.{parts[2]}.{parts[3][..^1]}*",
            }
        )
        {
            await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).RefreshAsync(made, Tokens(id)));
        }

        await Family(id).PeekRefreshTokenAsync(refresh, isUse: true);

        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).PeekRefreshTokenAsync(first, isUse: true));
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).PeekRefreshTokenAsync(refresh, isUse: true));
        await FailsAsync(SessionErrors.TokenInvalid, () => Family(id).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken));
    }

    [Fact]
    public async Task To_ask_about_an_earlier_refresh_token_is_no_use_of_it()
    {
        var (id, _, first) = await NewFamilyAsync();
        var second = (await Family(id).RefreshAsync(first, Tokens(id))).RefreshToken!;
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).PeekRefreshTokenAsync(first, isUse: false));
        await Family(id).PeekRefreshTokenAsync(second, isUse: true);
    }

    [Fact]
    public async Task A_token_for_fewer_scopes_is_good_at_fewer_places()
    {
        var id = RandomText.NewId();
        await Request(id).StartAsync(NewRequest() with { Scopes = ["openid", "offline_access", OidcScopes.ApiAudience] });
        var granted = await Family(id).RedeemCodeAsync(await CompleteAsync(id, await NewSessionAsync()), Tokens(id));
        Assert.Equal(["web", OidcScopes.Api], granted.Audiences);

        var less = await Family(id).RefreshAsync(granted.RefreshToken!, Tokens(id) with { Scopes = ["openid"] });
        Assert.Equal(["web"], less.Audiences);
        Assert.Equal(["web", OidcScopes.Api], (await Family(id).RefreshAsync(less.RefreshToken!, Tokens(id))).Audiences);
    }

    [Fact]
    [Asvs("7.6.1")]
    public async Task No_access_token_is_promised_to_outlive_its_session()
    {
        var now = cluster.Clock.GetUtcNow();
        var id = await NewRequestAsync();
        var session = await NewSessionAsync(lifetime: s_accessLifetime / 2);
        var granted = await Family(id).RedeemCodeAsync(await CompleteAsync(id, session), Tokens(id));
        Assert.Equal(now + (s_accessLifetime / 2), granted.ExpiresAt, TimeSpan.FromSeconds(1));

        var set = await cluster.Session(session.Id).SetAsync(new SetSession { Caller = Caller.InCluster, Lifetime = 2 * s_accessLifetime });
        Assert.NotNull(set.Token);
        cluster.Clock.Advance(s_accessLifetime / 2);
        var refreshed = await Family(id).RefreshAsync(granted.RefreshToken!, Tokens(id));
        Assert.Equal(cluster.Clock.GetUtcNow() + s_accessLifetime, refreshed.ExpiresAt, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task What_an_application_holds_ends_with_its_session_as_people_see_it()
    {
        var now = cluster.Clock.GetUtcNow();
        var id = await NewRequestAsync();
        var session = await NewSessionAsync(lifetime: s_accessLifetime / 2);
        await Family(id).RedeemCodeAsync(await CompleteAsync(id, session), Tokens(id));
        var user = cluster.Store.Session(session.Id)!.UserId!;
        var source = cluster.Grains.GetGrain<IGrantSource>(GrainKeys.Authorization(id));
        Assert.Equal(now + (s_accessLifetime / 2), (await source.DescribeAsync(user))!.Grant.ExpiresAt, TimeSpan.FromSeconds(1));

        await cluster.Session(session.Id).SetAsync(new SetSession { Caller = Caller.InCluster, Lifetime = 1000 * s_refreshLifetime });
        Assert.Equal(now + s_idle, (await source.DescribeAsync(user))!.Grant.ExpiresAt, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_session_that_was_asked_about_tokens_knows_at_once_that_they_are_revoked()
    {
        var id = await NewRequestAsync();
        var session = await NewSessionAsync();
        var tokens = Tokens(id);
        var granted = await Family(id).RedeemCodeAsync(await CompleteAsync(id, session), tokens);
        var (next, last) = (Tokens(id), Tokens(id));
        granted = await Family(id).RefreshAsync(granted.RefreshToken!, next);
        granted = await Family(id).RefreshAsync(granted.RefreshToken!, last);
        Task<TokenGrant> AskAsync(NewTokens asked) =>
            cluster.Session(session.Id).AuthenticateAccessTokenAsync(id, asked.AccessTokenId, asked.AccessToken);
        foreach (var known in new[] { tokens, next, last })
        {
            Assert.Equal(known.AccessTokenId, (await AskAsync(known)).TokenId);
        }

        await FailsAsync(SessionErrors.TokenInvalid, () => AskAsync(tokens with { AccessToken = next.AccessToken }));
        await FailsAsync(SessionErrors.TokenInvalid, () => AskAsync(tokens with { AccessToken = null }));
        await Family(id).RevokeAccessTokenAsync(tokens.AccessTokenId);
        await FailsAsync(SessionErrors.TokenInvalid, () => AskAsync(tokens));
        await AskAsync(next);
        await Family(id).RevokeAsync();
        await FailsAsync(SessionErrors.TokenInvalid, () => AskAsync(next));
        await FailsAsync(SessionErrors.TokenInvalid, () => AskAsync(last));
    }

    [Fact]
    public async Task Of_too_many_tokens_the_oldest_ends_at_once_and_is_told()
    {
        var id = await NewRequestAsync();
        var session = await NewSessionAsync();
        var (oldest, second) = (Tokens(id), Tokens(id));
        var refresh = (await Family(id).RedeemCodeAsync(await CompleteAsync(id, session), oldest)).RefreshToken!;
        refresh = (await Family(id).RefreshAsync(refresh, second)).RefreshToken!;
        for (var more = 2; more < 50; more++)
        {
            refresh = (await Family(id).RefreshAsync(refresh, Tokens(id))).RefreshToken!;
        }

        Task<TokenGrant> AskAsync(NewTokens asked) =>
            cluster.Session(session.Id).AuthenticateAccessTokenAsync(id, asked.AccessTokenId, asked.AccessToken);
        await AskAsync(oldest);
        await Family(id).RefreshAsync(refresh, Tokens(id));

        await FailsAsync(SessionErrors.TokenInvalid, () => AskAsync(oldest));
        await AskAsync(second);
        var told = Assert.Single(cluster.Store.Audit, row =>
            row.Detail == oldest.AccessTokenId && row.Kind == AuditKinds.TokenRevoked.Name
        );
        Assert.Equal("limit", told.Reason);
    }

    [Fact]
    public async Task Only_the_session_of_a_token_answers_for_it()
    {
        var id = await NewRequestAsync();
        var tokens = Tokens(id);
        await Family(id).RedeemCodeAsync(await CompleteAsync(id, await NewSessionAsync()), tokens);
        var other = await NewSessionAsync();
        await FailsAsync(SessionErrors.TokenInvalid, () =>
            cluster.Session(other.Id).AuthenticateAccessTokenAsync(id, tokens.AccessTokenId, tokens.AccessToken)
        );
    }

    [Fact]
    public async Task Completing_again_with_the_same_code_is_answered_again()
    {
        var session = await NewSessionAsync();
        var id = await NewRequestAsync();
        var code = await CompleteAsync(id, session);
        await CompleteAsync(id, session, code);
        await FailsAsync(SessionErrors.AuthRequestHandled, () => CompleteAsync(id, session));
        await Family(id).PeekCodeAsync(code);
    }

    [Fact]
    [Asvs("10.4.8")]
    public async Task An_access_token_expires_and_refreshing_ends_when_unused_or_after_all()
    {
        var (id, tokens, refresh) = await NewFamilyAsync();
        cluster.Clock.Advance(s_accessLifetime);
        await FailsAsync(SessionErrors.TokenInvalid, () => Family(id).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken));
        cluster.Clock.Advance(s_idle - s_accessLifetime - TimeSpan.FromSeconds(1));
        var next = Tokens(id);
        refresh = (await Family(id).RefreshAsync(refresh, next)).RefreshToken!;
        cluster.Clock.Advance(s_refreshLifetime - s_idle + TimeSpan.FromSeconds(1));
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).RefreshAsync(refresh, Tokens(id)));

        (id, tokens, refresh) = await NewFamilyAsync();
        cluster.Clock.Advance(s_idle);
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () => Family(id).RefreshAsync(refresh, Tokens(id)));
    }

    [Fact]
    public async Task A_wrong_secret_is_no_token_and_kills_nothing()
    {
        var (id, tokens, refresh) = await NewFamilyAsync();
        await FailsAsync(SessionErrors.TokenInvalid, () =>
            Family(id).AuthenticateAsync(tokens.AccessTokenId, OidcTokens.CreateAccess(id, tokens.AccessTokenId, sessionId: null))
        );
        await FailsAsync(SessionErrors.TokenInvalid, () => Family(id).AuthenticateAsync(tokens.AccessTokenId, null));
        await FailsAsync(SessionErrors.RefreshTokenInvalid, () =>
            Family(id).RefreshAsync(OidcTokens.Create(OidcTokens.Refresh, id), Tokens(id))
        );
        await FailsAsync(SessionErrors.TokenInvalid, () =>
            Family(RandomText.NewId()).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken)
        );
        await Family(id).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken);
        await Family(id).PeekRefreshTokenAsync(refresh, isUse: true);
    }

    [Fact]
    public async Task A_pushed_request_is_good_for_its_client_until_its_login_ends_and_is_kept_until_its_code_is_used()
    {
        var id = RandomText.NewId();
        await Request(id).PushAsync("web", "https://id.example.com", "pushed", TimeSpan.FromMinutes(5));
        Assert.Equal("pushed", await Request(id).FindPushedAsync());
        Assert.False(await Request(id).StartPushedAsync(NewRequest() with { ClientId = "another" }));
        Assert.True(await Request(id).StartPushedAsync(NewRequest()));
        Assert.True(await Request(id).StartPushedAsync(NewRequest()));

        var code = await CompleteAsync(id, await NewSessionAsync());
        Assert.False(await Request(id).StartPushedAsync(NewRequest()));
        Assert.Equal("pushed", await Request(id).FindPushedAsync());

        await Family(id).RedeemCodeAsync(code, Tokens(id));
        Assert.Null(await Request(id).FindPushedAsync());
        Assert.False(await Request(id).StartPushedAsync(NewRequest()));
    }

    [Fact]
    public async Task A_pushed_request_that_nobody_opens_in_time_is_gone()
    {
        var id = RandomText.NewId();
        await Request(id).PushAsync("web", "https://id.example.com", "pushed", TimeSpan.FromMinutes(5));
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await Request(id).FindPushedAsync());
        Assert.False(await Request(id).StartPushedAsync(NewRequest()));
    }

    [Fact]
    public async Task A_user_code_in_use_is_not_given_again()
    {
        var id = UserCodes.IdOf(UserCodes.Create());
        var device = cluster.Grains.GetGrain<IDeviceAuthorizationGrain>(GrainKeys.Authorization(id));
        var request = new DeviceRequest
        {
            ClientId = "tv",
            ClientName = "TV",
            Issuer = "https://id.example.com",
            Scopes = [],
            Lifetime = TimeSpan.FromMinutes(5),
            Interval = TimeSpan.FromSeconds(5),
        };
        var code = OidcTokens.Create(OidcTokens.Device, id);
        Assert.True(await device.StartAsync(request, code));
        Assert.True(await device.StartAsync(request, code));
        Assert.False(await device.StartAsync(request, OidcTokens.Create(OidcTokens.Device, id)));

        await FailsAsync(SessionErrors.DevicePending, () => device.PollAsync(code));
        cluster.Clock.Advance(TimeSpan.FromSeconds(4));
        await FailsAsync(SessionErrors.DeviceTooSoon, () => device.PollAsync(code));
        cluster.Clock.Advance(TimeSpan.FromSeconds(5));
        await FailsAsync(SessionErrors.DevicePending, () => device.PollAsync(code));
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await FailsAsync(SessionErrors.DeviceExpired, () => device.PollAsync(code));
    }

    [Fact]
    public async Task When_the_database_is_away_a_code_can_be_used_later()
    {
        var id = await NewRequestAsync();
        var code = await CompleteAsync(id, await NewSessionAsync());
        cluster.Store.WritesUntilFailure = 0;
        await FailsAsync(SessionErrors.StorageAway, () => Family(id).RedeemCodeAsync(code, Tokens(id)));
        await Family(id).RedeemCodeAsync(code, Tokens(id));
    }

    [Fact]
    public async Task An_application_holds_nothing_any_more_once_the_session_or_the_code_has_expired()
    {
        var (id, unused) = (await NewRequestAsync(), await NewRequestAsync());
        var session = await NewSessionAsync(lifetime: s_accessLifetime / 2);
        await Family(id).RedeemCodeAsync(await CompleteAsync(id, session), Tokens(id));
        await CompleteAsync(unused, session);
        var user = cluster.Store.Session(session.Id)!.UserId!;
        Assert.NotNull(await Source(id).DescribeAsync(user));
        Assert.NotNull(await Source(unused).DescribeAsync(user));

        cluster.Clock.Advance(s_accessLifetime / 4);
        Assert.NotNull(await Source(id).DescribeAsync(user));
        Assert.Null(await Source(unused).DescribeAsync(user));

        cluster.Clock.Advance(s_accessLifetime / 4);
        Assert.Null(await Source(id).DescribeAsync(user));
    }

    private IGrantSource Source(string id) => cluster.Grains.GetGrain<IGrantSource>(GrainKeys.Authorization(id));

    private ITokenFamilyGrain Family(string id) => cluster.Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id));

    private IAuthorizationRequestGrain Request(string id) =>
        cluster.Grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(id));

    private async Task<(string Id, NewTokens Tokens, string RefreshToken)> NewFamilyAsync()
    {
        var id = await NewRequestAsync();
        var code = await CompleteAsync(id, await NewSessionAsync());
        var tokens = Tokens(id);
        return (id, tokens, (await Family(id).RedeemCodeAsync(code, tokens)).RefreshToken!);
    }

    private async Task<string> NewRequestAsync()
    {
        var id = RandomText.NewId();
        await Request(id).StartAsync(NewRequest());
        return id;
    }

    private AuthorizationRequest NewRequest() =>
        new()
        {
            ClientId = "web",
            ClientRegisteredAt = _client!.CreatedAt,
            Issuer = "https://id.example.com",
            RedirectUri = "https://shop.example/",
            Scopes = ["openid", "offline_access"],
        };

    private async Task<string> CompleteAsync(string id, (string Id, string Token) session, string? code = null)
    {
        code ??= OidcTokens.Create(OidcTokens.Code, id);
        await Request(id)
            .CompleteAsync(
                new RequestCompletion
                {
                    Caller = Caller.InCluster,
                    SessionId = session.Id,
                    SessionToken = session.Token,
                    Code = code,
                }
            );
        return code;
    }

    private async Task<(string Id, string Token)> NewSessionAsync(TimeSpan? lifetime = null) =>
        await cluster.LogInAsync(await cluster.NewHumanAsync(), lifetime);

    private static NewTokens Tokens(string id)
    {
        var tokenId = RandomText.NewId();
        return new NewTokens
        {
            AccessTokenId = tokenId,
            AccessToken = OidcTokens.CreateAccess(id, tokenId, sessionId: null),
            AccessTokenLifetime = s_accessLifetime,
            RefreshSecret = RandomText.NewSecret(),
            RefreshTokenIdle = s_idle,
            RefreshTokenLifetime = s_refreshLifetime,
        };
    }
}
