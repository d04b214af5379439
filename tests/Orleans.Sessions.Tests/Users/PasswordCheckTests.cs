using Microsoft.Extensions.Options;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Users;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

[Collection(nameof(StrictCluster))]
public sealed class PasswordCheckTests(StrictCluster cluster)
{
    private static readonly RightAnswers s_password = new() { Answers = [new RightPassword()] };

    [Fact]
    public async Task A_right_password_is_accepted_and_writes_nothing()
    {
        var id = await cluster.NewHumanAsync();
        var before = cluster.Store.UserJson(id);
        await cluster.Factors(id).VerifyPasswordAsync(Password);
        await cluster.Factors(id).CommitAsync(s_password);
        Assert.Equal(before, cluster.Store.UserJson(id));
    }

    [Fact]
    public async Task A_wrong_password_says_how_many_failed_in_a_row()
    {
        var id = await cluster.NewHumanAsync();
        Assert.Equal(
            1,
            (await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"))).FailedAttempts
        );
        Assert.Equal(
            2,
            (await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"))).FailedAttempts
        );
        Assert.Equal(2, FailuresOf(id));
    }

    [Fact]
    public async Task A_user_that_does_not_exist_is_gone() =>
        await FailsAsync(SessionErrors.PasswordUserGone, () => cluster.Factors(NewName()).VerifyPasswordAsync(Password));

    [Fact]
    public async Task A_deleted_user_is_gone()
    {
        var id = await cluster.NewHumanAsync();
        await cluster.User(id).DeleteAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.PasswordUserGone, () => cluster.Factors(id).VerifyPasswordAsync(Password));
    }

    [Fact]
    public async Task A_machine_has_no_password_to_check()
    {
        var id = await cluster.NewMachineAsync();
        await FailsAsync(SessionErrors.PasswordUserGone, () => cluster.Factors(id).VerifyPasswordAsync(Password));
    }

    [Fact]
    public async Task A_person_without_password_cannot_prove_one()
    {
        var id = await cluster.NewHumanAsync(human => human with { Password = null });
        await FailsAsync(SessionErrors.PasswordNotSet, () => cluster.Factors(id).VerifyPasswordAsync(Password));
    }

    [Fact]
    public async Task A_deactivated_user_is_not_checked()
    {
        var id = await cluster.NewHumanAsync();
        await cluster.User(id).DeactivateAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.UserNotActive, () => cluster.Factors(id).VerifyPasswordAsync(Password));
    }

    [Fact]
    public async Task The_failure_that_reaches_the_limit_blocks_the_password_but_is_answered_as_wrong()
    {
        var id = await cluster.NewHumanAsync();
        for (var failures = 1; failures <= 3; failures++)
        {
            var failure = await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
            Assert.Equal(failures, failure.FailedAttempts);
        }

        var locked = await FailsAsync(SessionErrors.PasswordUserLocked, () => cluster.Factors(id).VerifyPasswordAsync(Password));
        Assert.Equal((3, TimeSpan.FromMinutes(1)), (locked.FailedAttempts, locked.RetryAfter));
        Assert.Equal(UserState.Active, (await cluster.Factors(id).IdentifyAsync()).State);
    }

    [Fact]
    public async Task The_counter_is_reset_by_a_right_password_only_once_the_whole_request_is_right()
    {
        var id = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
        await cluster.Factors(id).VerifyPasswordAsync(Password);
        Assert.Equal(1, FailuresOf(id));
        await cluster.Factors(id).CommitAsync(s_password);
        Assert.Equal(0, FailuresOf(id));
    }

    [Fact]
    public async Task Unlocking_forgets_the_failures()
    {
        var id = await BlockedAsync();
        await cluster.User(id).UnlockAsync(Caller.InCluster);
        Assert.Equal(0, FailuresOf(id));
        await cluster.Factors(id).VerifyPasswordAsync(Password);
    }

    [Fact]
    public async Task Another_password_forgets_the_failures_but_does_not_unlock()
    {
        var id = await BlockedAsync();
        await cluster.User(id).LockAsync(Caller.InCluster);
        await cluster
            .User(id)
            .SetPasswordAsync(Caller.InCluster, new PasswordChange { New = new NewPassword { Password = "Another-Horse-8" } });
        Assert.Equal((UserState.Locked, 0), (cluster.Store.User(id)!.State, FailuresOf(id)));
    }

    [Fact]
    public async Task Guesses_made_side_by_side_are_held_to_the_limit()
    {
        var id = await cluster.NewHumanAsync();
        var guesses = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => ErrorOfAsync(() => cluster.Factors(id).VerifyPasswordAsync("wrong")))
        );
        var errors = guesses.Where(error => error != SessionErrors.HashingBusy).ToList();
        Assert.Equal(3, errors.Count(error => error == SessionErrors.PasswordInvalid));
        Assert.All(errors.Where(error => error != SessionErrors.PasswordInvalid), error =>
            Assert.True(error == SessionErrors.PasswordLockedMeanwhile || error == SessionErrors.PasswordUserLocked)
        );
        Assert.Equal(3, FailuresOf(id));
    }

    [Fact]
    public async Task A_wrong_password_counts_once_however_long_its_hash_takes()
    {
        var id = await cluster.NewHumanAsync();
        var login = new CreateSession
        {
            Caller = Caller.InCluster,
            Checks = new Checks
            {
                User = new UserCheck { UserId = id },
                Password = "wrong",
            },
        };
        cluster.AnswersToLose = 3;
        try
        {
            await FailsAsync(SessionErrors.ClusterAway, () =>
                GrainCalls.RepeatAsync(
                    () => cluster.Session(NewName("session")).CreateAsync(login),
                    TimeProvider.System,
                    TestContext.Current.CancellationToken
                )
            );
        }
        finally
        {
            cluster.AnswersToLose = 0;
        }

        Assert.Equal(1, FailuresOf(id));
    }

    [Fact]
    public async Task Who_has_too_many_hashes_waiting_is_sent_away_and_nothing_counts()
    {
        var id = await cluster.NewHumanAsync();
        using var gate = new ManualResetEventSlim();
        var held = Enumerable
            .Range(0, HashesPerUser)
            .Select(_ =>
                cluster.Hashing.RunAsync(id, HashCost.Of("test", 1, 1), isForeign: true, () => gate.Wait(TimeSpan.FromMinutes(1)), default)
            )
            .ToList();
        try
        {
            var busy = await FailsAsync(SessionErrors.HashingBusy, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
            Assert.True(busy.RetryAfter >= TimeSpan.FromSeconds(1));
        }
        finally
        {
            gate.Set();
        }

        await Task.WhenAll(held);
        Assert.Equal(0, FailuresOf(id));
        await cluster.Factors(id).VerifyPasswordAsync(Password);
    }

    [Fact]
    public async Task A_stored_hash_that_costs_too_much_is_refused_and_counts_nothing()
    {
        var id = NewName();
        cluster.Store.Put(
            new UserRecord
            {
                Id = id,
                State = UserState.Active,
                Kind = UserKind.Human,
                Sequence = 1,
                Password = new StoredPassword("$2a$31$abcdefghijklmnopqrstuuThAFCzV/eAfZQd1KeGEFkbZjzU3htUG", default),
            }
        );
        await FailsAsync(SessionErrors.PasswordHashTooCostly, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
        Assert.Equal(0, FailuresOf(id));
    }

    [Fact]
    public async Task A_login_that_was_canceled_before_its_hash_began_is_not_judged()
    {
        var id = await cluster.NewHumanAsync();
        using var gone = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var holders = Enumerable
            .Range(0, Environment.ProcessorCount)
            .Select(i =>
                cluster.Hashing.RunAsync(
                    $"{id} {i}",
                    HashCost.Of("test", 1, 1),
                    isForeign: false,
                    () => gate.Wait(TimeSpan.FromMinutes(1)),
                    default
                )
            )
            .ToList();
        try
        {
            var login = cluster
                .Session(NewName("session"))
                .CreateAsync(
                    new CreateSession
                    {
                        Caller = Caller.InCluster,
                        Checks = new Checks
                        {
                            User = new UserCheck { UserId = id },
                            Password = "wrong",
                        },
                    },
                    gone.Token
                );
            await UntilAsync(() => cluster.Hashing.CountOf(id) == 1);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login);
            await UntilAsync(() => cluster.Hashing.CountOf(id) == 0);
        }
        finally
        {
            gate.Set();
        }

        await Task.WhenAll(holders);
        Assert.Equal(0, FailuresOf(id));
    }

    [Fact]
    public async Task A_hash_that_cannot_be_used_is_a_fault_and_no_failure()
    {
        var id = NewName();
        cluster.Store.Put(
            new UserRecord
            {
                Id = id,
                State = UserState.Active,
                Kind = UserKind.Human,
                Sequence = 1,
                Password = new StoredPassword("nonsense", default),
            }
        );
        await FailsAsync(SessionErrors.PasswordHashUnusable, () => cluster.Factors(id).VerifyPasswordAsync(Password));
        Assert.Equal(0, FailuresOf(id));
    }

    [Fact]
    [Asvs("16.5.3")]
    public async Task A_failure_that_cannot_be_stored_is_not_answered_as_one()
    {
        var id = await cluster.NewHumanAsync();
        cluster.Store.WritesUntilFailure = 0;
        await FailsAsync(SessionErrors.StorageAway, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
        Assert.Equal(
            1,
            (await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"))).FailedAttempts
        );
    }

    [Fact]
    public async Task A_right_password_does_not_count_for_a_user_who_was_locked_meanwhile()
    {
        var id = await cluster.NewHumanAsync();
        await cluster.Factors(id).VerifyPasswordAsync(Password);
        await cluster.User(id).LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.PasswordLockedMeanwhile, () => cluster.Factors(id).CommitAsync(s_password));
    }

    [Fact]
    public async Task A_hash_of_older_settings_is_replaced_after_a_login()
    {
        var old = new PasswordHasher(
            Options.Create(new PasswordHashingOptions { Algorithm = PasswordAlgorithm.Pbkdf2Sha256, Pbkdf2Rounds = 1000 })
        ).Hash(Password);
        var id = await cluster.NewHumanAsync(human => human with { Password = new NewPassword { Hash = old } });
        var changedAt = cluster.Store.User(id)!.Password!.ChangedAt;
        await cluster.Factors(id).VerifyPasswordAsync(Password);
        await cluster.Store.WaitForAsync(store => store.User(id)!.Password!.Hash != old);
        Assert.Equal(changedAt, cluster.Store.User(id)!.Password!.ChangedAt);
        await cluster.Factors(id).VerifyPasswordAsync(Password);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private int FailuresOf(string id) => cluster.Store.User(id)!.GuessesOf(ProvedFactor.Password)?.Sources.Sum(source => source.Count) ?? 0;

    private async Task<string> BlockedAsync()
    {
        var id = await cluster.NewHumanAsync();
        for (var failures = 0; failures < 3; failures++)
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
        }

        return id;
    }
}
