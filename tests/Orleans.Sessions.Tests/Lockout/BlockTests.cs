using Orleans.Sessions.Audit;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Lockout;

/// <summary>Wrong answers of a stranger affect only the stranger, for a while, and not the user's own sessions.</summary>
[Collection(nameof(StrictCluster))]
public sealed class BlockTests(StrictCluster cluster)
{
    private static readonly byte[] s_secret = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    [Fact]
    [Asvs("6.3.1")]
    public async Task A_stranger_ends_no_session_and_keeps_out_neither_a_passkey_nor_a_code()
    {
        var user = await cluster.NewHumanAsync(human => human with { TotpSecret = OtpNet.Base32Encoding.ToString(s_secret) });
        using var key = new SoftwareKey();
        await cluster.EnrolAsync(user, key);
        var (session, token) = await LogInAsync(user, "198.51.100.1", Both());
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        await GuessAsync(user, "203.0.113.7", 3);
        var blocked = await FailsAsync(SessionErrors.PasswordUserLocked, () => GuessOnceAsync(user, "203.0.113.7", Password));

        Assert.Equal((3, TimeSpan.FromMinutes(1)), (blocked.FailedAttempts, blocked.RetryAfter));
        Assert.Equal(UserState.Active, (await cluster.User(user).GetAsync(Caller.InCluster)).State);
        Assert.Equal(user, (await cluster.Session(session).AuthenticateAsync(token)).UserId);
        var challenged = await cluster.ChallengeAsync(user);
        await cluster.CheckAsync(challenged.Id, key.Assert(challenged.Options));
        await LogInAsync(user, "203.0.113.7", new Checks { Totp = Code });
        await LogInAsync(user, "198.51.100.2", Both() with { Totp = null });

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await GuessOnceAsync(user, "203.0.113.7", Password);
    }

    [Fact]
    public async Task Each_block_is_one_event_that_says_for_whom()
    {
        var user = await cluster.NewHumanAsync();
        CallOrigin.Current = new CallOrigin
        {
            Source = "10.0.0.1",
            ActorId = "frontend",
            IsLoginFrontend = true,
        };
        await GuessAsync(user, "203.0.113.7", 3);
        await FailsAsync(SessionErrors.PasswordUserLocked, () => GuessOnceAsync(user, "203.0.113.7", Password));
        CallOrigin.Current = null;
        Assert.Equal([("password", "source")], Blocks());
        Assert.Equal(
            ("203.0.113.7", "frontend"),
            cluster.Store.Audit.Single(row => row.TargetId == user && row.Kind == AuditKinds.FactorBlocked.Name) is var row
                ? (row.Source, row.ActorId)
                : default
        );

        // The block is over, and one more wrong answer begins the next block.
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await GuessAsync(user, "203.0.113.7", 1);
        Assert.Equal([("password", "source"), ("password", "source")], Blocks());
        await GuessAsync(user, "203.0.113.8", 2);
        Assert.Equal(2, Blocks().Count());

        IEnumerable<(string?, string?)> Blocks() =>
            cluster
                .Store.Audit.Where(row => row.TargetId == user && row.Kind == AuditKinds.FactorBlocked.Name)
                .Select(row => (row.Detail, row.Reason));
    }

    [Fact]
    [Asvs("6.3.1")]
    public async Task Of_two_hundred_guesses_at_once_as_many_are_judged_as_are_allowed()
    {
        var user = await cluster.NewHumanAsync(human => human with { TotpSecret = OtpNet.Base32Encoding.ToString(s_secret) });
        var wrong = Code == "111111" ? "222222" : "111111";

        var guesses = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(guess => ErrorOfAsync(() => cluster.Factors(user).VerifyTotpAsync(guess == 150 ? Code : wrong)))
        );

        Assert.Equal(3, guesses.Count(error => error == SessionErrors.TotpInvalid || error is null));
        Assert.Equal(197, guesses.Count(error => error == SessionErrors.TotpUserLocked));
    }

    [Fact]
    public async Task Unlocking_lifts_blocks()
    {
        var user = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.UnlockUserNotLocked, () => cluster.User(user).UnlockAsync(Caller.InCluster));
        await GuessAsync(user, address: null, 2);
        await FailsAsync(SessionErrors.UnlockUserNotLocked, () => cluster.User(user).UnlockAsync(Caller.InCluster));
        await GuessAsync(user, address: null, 1);

        await cluster.User(user).UnlockAsync(Caller.InCluster);

        await GuessOnceAsync(user, address: null, Password);
    }

    [Fact]
    public async Task Lifting_blocks_does_not_undo_a_deactivation()
    {
        var user = await cluster.NewHumanAsync();
        await GuessAsync(user, address: null, 3);
        await cluster.User(user).DeactivateAsync(Caller.InCluster);

        await cluster.User(user).UnlockAsync(Caller.InCluster);

        Assert.Equal(UserState.Inactive, cluster.Store.User(user)!.State);
        await FailsAsync(SessionErrors.UnlockUserNotLocked, () => cluster.User(user).UnlockAsync(Caller.InCluster));
    }

    [Fact]
    public async Task A_password_without_the_second_factor_makes_no_place_known()
    {
        var user = await cluster.NewHumanAsync(human => human with { TotpSecret = OtpNet.Base32Encoding.ToString(s_secret) });
        var (session, _) = await LogInAsync(user, "203.0.113.7", new Checks { Password = Password });
        Assert.Null(cluster.Store.User(user)!.KnownSources);

        await cluster
            .Session(session)
            .SetAsync(
                new SetSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { Totp = Code },
                }
            );

        Assert.Single(cluster.Store.User(user)!.KnownSources!.Value);
        Assert.DoesNotContain("203.0.113.7", cluster.Store.UserJson(user), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_repeated_because_its_answer_was_lost_counts_once()
    {
        var user = await cluster.NewHumanAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var id = NewName("session");
            var command = new CreateSession
            {
                Caller = Caller.InCluster,
                Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = "wrong",
                },
                Token = SessionToken.Create(id),
            };
            for (var repetition = 0; repetition < 2; repetition++)
            {
                var failure = await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Session(id).CreateAsync(command));
                Assert.Equal(attempt, failure.FailedAttempts);
                if (attempt == 3)
                {
                    break;
                }
            }
        }
    }

    private string Code => new OtpNet.Totp(s_secret).ComputeTotp(cluster.Clock.GetUtcNow().UtcDateTime);

    private Checks Both() => new() { Password = Password, Totp = Code };

    private async Task GuessAsync(string user, string? address, int times)
    {
        for (var guess = 0; guess < times; guess++)
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => GuessOnceAsync(user, address, "wrong"));
        }
    }

    private Task<(string Id, string Token)> GuessOnceAsync(string user, string? address, string password) =>
        LogInAsync(user, address, new Checks { Password = password });

    private async Task<(string Id, string Token)> LogInAsync(string user, string? address, Checks checks)
    {
        var id = NewName("session");
        var change = await cluster
            .Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = checks with { User = new UserCheck { UserId = user } },
                    UserAgent = new UserAgent { Ip = address },
                }
            );
        return (id, change.Token!);
    }
}

/// <summary>The permanent lock, as in ZITADEL.</summary>
[Collection(nameof(LockingCluster))]
public sealed class LastingLockTests(LockingCluster cluster)
{
    [Fact]
    public async Task The_limit_locks_the_user_wherever_the_guesses_come_from_and_ends_even_the_session_that_asked()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(user);
        await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(user).VerifyPasswordAsync("wrong", new("203.0.113.7")));
        for (var failures = 0; failures < 2; failures++)
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => cluster
                    .Session(session)
                    .SetAsync(
                        new SetSession
                        {
                            Caller = Caller.InCluster,
                            Checks = new Checks { Password = "wrong" },
                        }
                    ));
        }

        await cluster.Store.WaitForAsync(store => store.Session(session)!.EndedAt is not null && store.User(user)!.EndingSessions is null);
        Assert.Contains(cluster.Store.Session(session)!.Events!.Value, ended =>
            ended.Reason == Orleans.Sessions.Sessions.SessionEndReason.UserLocked
        );
        cluster.Clock.Advance(TimeSpan.FromDays(100));
        var locked = await FailsAsync(SessionErrors.PasswordUserLocked, () => cluster.Factors(user).VerifyPasswordAsync(Password));
        Assert.Equal((3, null), (locked.FailedAttempts, locked.RetryAfter));
        Assert.Equal(UserState.Locked, cluster.Store.User(user)!.State);

        await cluster.User(user).UnlockAsync(Caller.InCluster);
        await cluster.Factors(user).VerifyPasswordAsync(Password);
    }

    [Fact]
    public async Task Who_tries_another_password_in_a_session_that_the_lock_has_ended_is_told_of_the_lock()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(user);
        for (var failures = 0; failures < 3; failures++)
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => TryAsync(session, "wrong"));
        }

        await cluster.Store.WaitForAsync(store => store.Session(session)!.EndedAt is not null && store.User(user)!.EndingSessions is null);
        foreach (var password in new[] { Password, "wrong", "wrong" })
        {
            Assert.Equal(3, (await FailsAsync(SessionErrors.PasswordUserLocked, () => TryAsync(session, password))).FailedAttempts);
        }

        // Nothing else of an ended session is told, and a password does not bring it back.
        await FailsAsync(SessionErrors.SessionTerminated, () =>
            cluster.Session(session).SetAsync(new SetSession { Caller = Caller.InCluster, Lifetime = TimeSpan.FromHours(1) })
        );
        await FailsAsync(SessionErrors.PermissionMissing, () => TryAsync(session, Password, CallerWith()));
        await cluster.User(user).UnlockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.SessionTerminated, () => TryAsync(session, Password));
        await FailsAsync(SessionErrors.SessionTerminated, () => TryAsync(session, "wrong"));
        Assert.Null(cluster.Store.User(user)!.Guesses);

        Task TryAsync(string id, string password, Caller? caller = null) =>
            cluster
                .Session(id)
                .SetAsync(
                    new SetSession
                    {
                        Caller = caller ?? Caller.InCluster,
                        Checks = new Checks { Password = password },
                    }
                );
    }

    [Fact]
    public async Task A_success_in_between_keeps_the_lock_away()
    {
        var user = await cluster.NewHumanAsync();
        foreach (var _ in new[] { 1, 2 })
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(user).VerifyPasswordAsync("wrong"));
            await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(user).VerifyPasswordAsync("wrong"));
            await cluster.NewSessionAsync(user);
        }

        Assert.Equal(UserState.Active, cluster.Store.User(user)!.State);
    }
}
