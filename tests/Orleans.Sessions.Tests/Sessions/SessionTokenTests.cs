using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

[Collection(nameof(StoredCluster))]
public sealed class SessionTokenTests(StoredCluster cluster)
{
    [Fact]
    public async Task A_token_is_short_and_safe_in_an_address()
    {
        var token = SessionToken.Create("218480890961985793");
        Assert.True(token.Length <= 120);
        Assert.Equal(token, Uri.EscapeDataString(token));
        var (_, second) = await cluster.NewSessionAsync();
        Assert.NotEqual(token, second);
    }

    [Fact]
    [Asvs("7.2.3")]
    public void A_token_has_at_least_128_bits_that_nobody_can_foresee()
    {
        var secrets = Enumerable
            .Range(0, 200)
            .Select(_ => SessionToken.Create("1").Split('_', 3)[^1])
            .Select(text => System.Buffers.Text.Base64Url.DecodeFromChars(text))
            .ToList();
        Assert.All(secrets, secret => Assert.True(secret.Length >= 16));
        Assert.Equal(secrets.Count, secrets.Select(Convert.ToHexString).Distinct().Count());

        // Each bit must be 0 in some secrets and 1 in others. That a random bit is the same in all of them happens once in 10^57 runs.
        for (var bit = 0; bit < secrets[0].Length * 8; bit++)
        {
            Assert.Equal(2, secrets.Select(secret => (secret[bit / 8] >> (bit % 8)) & 1).Distinct().Count());
        }
    }

    [Fact]
    public async Task Nothing_of_a_token_is_stored_but_its_hash()
    {
        var (id, token) = await cluster.NewSessionAsync();
        var stored = System.Text.Json.JsonSerializer.Serialize(await cluster.StoredAsync(id));
        Assert.DoesNotContain(token, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(token[(token.IndexOf('_', 5) + 1)..], stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_before_is_honoured_for_a_short_while_and_then_refused()
    {
        var (id, first) = await cluster.NewSessionAsync();
        var second = (await cluster.SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(1) })).Token!;
        Assert.NotNull(await cluster.GetAsync(id, first));
        Assert.NotNull(await cluster.GetAsync(id, second));

        cluster.Clock.Advance(StoredCluster.Grace);
        await FailsAsync(SessionErrors.SessionTokenDenied, () => cluster.GetAsync(id, first));
        Assert.NotNull(await cluster.GetAsync(id, second));
    }

    [Fact]
    [Asvs("7.2.4")]
    public async Task A_token_from_before_the_login_gains_nothing_by_it()
    {
        var user = await cluster.NewUserAsync();
        var (id, anonymous) = await cluster.NewSessionAsync();
        var named = (await cluster.SetAsync(id, set => set with { Checks = SessionChangeTests.User(user) })).Token!;
        Assert.Null((await cluster.GetAsync(id, anonymous)).Factors);

        var proved = (await cluster.SetAsync(id, set => set with { Checks = new Checks
                    {
                        Password = StoredCluster.Password,
                        Totp = cluster.Totp(),
                    } })).Token!;

        await cluster.Session(id).AuthenticateAsync(proved);
        await FailsAsync(SessionErrors.BearerFactorMissing, () => cluster.Session(id).AuthenticateAsync(named));
        var seen = (await cluster.GetAsync(id, named)).Factors!;
        Assert.Equal((user, null, null), (seen.User.Id, seen.Password, seen.Totp));
        var lifecycle = cluster.Grains.GetGrain<Orleans.Sessions.Sessions.ISessionLifecycle>(GrainKeys.Session(id));
        Assert.Null((await lifecycle.LinkAsync(named)).Session.ProvedAt(ProvedFactor.Password));
        Assert.NotNull((await lifecycle.LinkAsync(proved)).Session.ProvedAt(ProvedFactor.Password));
        await FailsAsync(SessionErrors.SessionTokenDenied, () => cluster.GetAsync(id, anonymous));
    }

    [Fact]
    public async Task A_token_that_was_replaced_by_a_step_up_stays_at_its_level_and_by_anything_else_at_the_full_one()
    {
        var user = await cluster.NewUserAsync();
        var (id, one) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = StoredCluster.Password,
                },
            }
        );

        var two = (await cluster.SetAsync(id, set => set with { Checks = new Checks { Totp = cluster.Totp() } })).Token!;
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(id).AuthenticateAsync(one));

        await cluster.SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(1) });
        Assert.Equal(2, (await cluster.Session(id).AuthenticateAsync(two)).Factors);
        cluster.Clock.Advance(StoredCluster.Grace);
        await FailsAsync(SessionErrors.BearerTokenStale, () => cluster.Session(id).AuthenticateAsync(two));
    }

    [Fact]
    public async Task The_token_before_the_one_before_is_refused_at_once()
    {
        var (id, first) = await cluster.NewSessionAsync();
        await cluster.SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(1) });
        await cluster.SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(2) });
        await FailsAsync(SessionErrors.SessionTokenDenied, () => cluster.GetAsync(id, first));
    }

    [Fact]
    public async Task A_damaged_or_foreign_token_is_refused()
    {
        var (id, token) = await cluster.NewSessionAsync();
        var (_, foreign) = await cluster.NewSessionAsync();
        var flipped = token[..^1] + (token[^1] == 'A' ? 'B' : 'A');
        foreach (var wrong in new[] { flipped, token[..^1], token + "A", token.ToUpperInvariant(), foreign, "x" })
        {
            await FailsAsync(SessionErrors.SessionTokenDenied, () => cluster.GetAsync(id, wrong));
            await FailsAsync(SessionErrors.SessionTokenInvalid, () => cluster.Session(id).DeleteAsync(Caller.InCluster, wrong));
        }
    }

    [Fact]
    public async Task A_session_speaks_for_its_user_once_a_factor_is_proved()
    {
        var user = await cluster.NewUserAsync();
        var (id, token) = await cluster.NewSessionAsync(create => create with { Checks = SessionChangeTests.User(user) });
        await FailsAsync(SessionErrors.BearerFactorMissing, () => cluster.Session(id).AuthenticateAsync(token));

        token = (await cluster.SetAsync(id, set => set with { Checks = new Checks { Password = StoredCluster.Password } })).Token!;
        await FailsAsync(SessionErrors.BearerMfaMissing, () => cluster.Session(id).AuthenticateAsync(token));

        token = (await cluster.SetAsync(id, set => set with { Checks = new Checks
                    {
                        Totp = cluster.Totp(),
                    }, Lifetime = TimeSpan.FromHours(1) })).Token!;
        Assert.Equal(
            new SessionBearer
            {
                SessionId = id,
                UserId = user,
                Factors = 2,
                ProvedAt = cluster.Clock.GetUtcNow(),
                PasswordProvedAt = cluster.Clock.GetUtcNow(),
            },
            await cluster.Session(id).AuthenticateAsync(token)
        );

        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await FailsAsync(SessionErrors.BearerSessionExpired, () => cluster.Session(id).AuthenticateAsync(token));
        await cluster.Session(id).DeleteAsync(Caller.InCluster, token);
        await FailsAsync(SessionErrors.BearerSessionMissing, () => cluster.Session(id).AuthenticateAsync(token));
    }
}
