using Orleans.Sessions.RecoveryCodes;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

[Collection(nameof(StrictCluster))]
public sealed class RecoveryCodeTests(StrictCluster cluster)
{
    [Fact]
    public async Task The_wrong_code_that_reaches_the_limit_blocks_the_codes_and_a_right_one_starts_the_count_anew()
    {
        var id = await cluster.NewHumanAsync();
        var codes = (await cluster.User(id).GenerateRecoveryCodesAsync(Caller.InCluster, 2)).Codes;
        await GuessAsync(id, 2);
        await UseAsync(id, codes[0]);
        await GuessAsync(id, 3);
        Assert.Equal(UserState.Active, (await cluster.User(id).GetAsync(Caller.InCluster)).State);
        await FailsAsync(SessionErrors.RecoveryCodeUserLocked, () => cluster.Factors(id).VerifyRecoveryCodeAsync(codes[1]));
        await cluster.User(id).UnlockAsync(Caller.InCluster);
        await GuessAsync(id, 2);

        await cluster.User(id).LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.RecoveryCodeUserLocked, () => cluster.Factors(id).VerifyRecoveryCodeAsync(codes[1]));
        await FailsAsync(SessionErrors.RecoveryCodeGenerateLocked, () => cluster.User(id).GenerateRecoveryCodesAsync(Caller.InCluster, 1));
        await FailsAsync(SessionErrors.RecoveryCodeRemoveLocked, () => cluster.User(id).RemoveRecoveryCodesAsync(Caller.InCluster));
        await cluster.User(id).UnlockAsync(Caller.InCluster);
        await GuessAsync(id, 2);
        await UseAsync(id, codes[1]);
    }

    [Fact]
    public async Task A_right_code_of_a_user_who_was_locked_meanwhile_does_not_count()
    {
        var id = await cluster.NewHumanAsync();
        var code = (await cluster.User(id).GenerateRecoveryCodesAsync(Caller.InCluster, 1)).Codes[0];
        var used = await cluster.Factors(id).VerifyRecoveryCodeAsync(code);
        await cluster.User(id).LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.RecoveryCodeLockedMeanwhile, () =>
            cluster.Factors(id).CommitAsync(new() { Answers = [new RightRecoveryCode(used)] })
        );
    }

    [Fact]
    public async Task To_use_the_last_code_takes_nothing_away_and_to_remove_it_does()
    {
        var id = await cluster.NewHumanAsync();
        await UseAsync(id, (await cluster.User(id).GenerateRecoveryCodesAsync(Caller.InCluster, 1)).Codes[0]);
        Assert.Null(cluster.Store.User(id)!.RecoveryCodes);
        Assert.Null(cluster.Store.User(id)!.Revocations);

        await cluster.User(id).GenerateRecoveryCodesAsync(Caller.InCluster, 1);
        await cluster.User(id).RemoveRecoveryCodesAsync(Caller.InCluster);

        Assert.Equal(ProvedFactor.RecoveryCode, Assert.Single(cluster.Store.User(id)!.Revocations!.Value).Factor);
    }

    private async Task GuessAsync(string id, int times)
    {
        for (var guess = 0; guess < times; guess++)
        {
            await FailsAsync(SessionErrors.RecoveryCodeInvalid, () => cluster.Factors(id).VerifyRecoveryCodeAsync("guess"));
        }
    }

    private async Task UseAsync(string id, string code) =>
        await cluster
            .Factors(id)
            .CommitAsync(new() { Answers = [new RightRecoveryCode(await cluster.Factors(id).VerifyRecoveryCodeAsync(code))] });
}
