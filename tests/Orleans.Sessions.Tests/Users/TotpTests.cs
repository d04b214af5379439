using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Totp;
using Orleans.Sessions.Users;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

[Collection(nameof(StrictCluster))]
public sealed class TotpTests(StrictCluster cluster)
{
    private static readonly byte[] s_secret = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    [Fact]
    public async Task An_app_counts_once_a_code_was_verified()
    {
        var id = await cluster.NewHumanAsync();
        var enrolment = await cluster.User(id).RegisterTotpAsync(Caller.InCluster);
        Assert.StartsWith("otpauth://totp/", enrolment.Uri, StringComparison.Ordinal);
        var code = CodeOf(OtpNet.Base32Encoding.ToBytes(enrolment.Secret));
        await FailsAsync(SessionErrors.TotpNotReady, () => cluster.Factors(id).VerifyTotpAsync(code));
        await FailsAsync(SessionErrors.TotpInvalid, () => cluster.User(id).VerifyTotpRegistrationAsync(Caller.InCluster, "000000"));
        await cluster.User(id).VerifyTotpRegistrationAsync(Caller.InCluster, code);
        Assert.Contains(AuthenticationMethod.Totp, await cluster.User(id).ListAuthenticationMethodsAsync(Caller.InCluster));
        Assert.True((await cluster.Factors(id).IdentifyAsync()).HasSecondFactor);
        await cluster.Factors(id).VerifyTotpAsync(code);
        Assert.DoesNotContain(enrolment.Secret, cluster.Store.UserJson(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_up_answers_what_is_wrong()
    {
        await FailsAsync(SessionErrors.TotpRegisterUserNotFound, () => cluster.User(NewName()).RegisterTotpAsync(Caller.InCluster));
        var bare = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.TotpNonePending, () => cluster.User(bare).VerifyTotpRegistrationAsync(Caller.InCluster, "000000"));
        await FailsAsync(SessionErrors.TotpNone, () => cluster.User(bare).RemoveTotpAsync(Caller.InCluster));
        var ready = await WithTotpAsync();
        await FailsAsync(SessionErrors.TotpAlreadyReady, () => cluster.User(ready).RegisterTotpAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.TotpVerifiedAlready, () => cluster.User(ready).VerifyTotpRegistrationAsync(Caller.InCluster, Code));
        await FailsAsync(SessionErrors.TotpSecretInvalid, () => cluster.NewHumanAsync(human => human with { TotpSecret = "short" }));
    }

    [Fact]
    public async Task A_removed_app_is_not_ready()
    {
        var id = await WithTotpAsync();
        await cluster.User(id).RemoveTotpAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.TotpNotReady, () => cluster.Factors(id).VerifyTotpAsync(Code));
    }

    [Fact]
    public async Task A_wrong_code_counts_and_the_limit_blocks_the_app()
    {
        var id = await WithTotpAsync();
        for (var failures = 0; failures < 3; failures++)
        {
            await FailsAsync(SessionErrors.TotpInvalid, () => cluster.Factors(id).VerifyTotpAsync(WrongCode));
        }

        await FailsAsync(SessionErrors.TotpUserLocked, () => cluster.Factors(id).VerifyTotpAsync(Code));
        await FailsAsync(SessionErrors.TotpUserLocked, () => cluster.Factors(id).VerifyTotpAsync(WrongCode));
        Assert.Equal(3, Count(cluster.Store.User(id)!.GuessesOf(ProvedFactor.Totp)));
        Assert.Equal(UserState.Active, cluster.Store.User(id)!.State);
        await cluster.Factors(id).VerifyPasswordAsync(Password);
    }

    [Fact]
    public async Task A_used_code_is_refused_but_is_no_guess()
    {
        var id = await WithTotpAsync();
        await UseAsync(id, Code);
        await FailsAsync(SessionErrors.TotpUsed, () => cluster.Factors(id).VerifyTotpAsync(Code));
        Assert.Equal(0, Count(cluster.Store.User(id)!.GuessesOf(ProvedFactor.Totp)));
    }

    [Fact]
    [Asvs("6.5.1")]
    public async Task The_code_before_a_used_one_is_used_up_too()
    {
        var id = await WithTotpAsync();
        var earlier = Code;
        cluster.Clock.Advance(TimeSpan.FromSeconds(30));
        await UseAsync(id, Code);
        await FailsAsync(SessionErrors.TotpUsed, () => cluster.Factors(id).VerifyTotpAsync(earlier));
    }

    [Fact]
    public async Task A_right_code_resets_its_own_counter_only()
    {
        var id = await WithTotpAsync();
        await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
        await FailsAsync(SessionErrors.TotpInvalid, () => cluster.Factors(id).VerifyTotpAsync(WrongCode));
        await UseAsync(id, Code);
        Assert.Equal(
            (0, 1),
            (Count(cluster.Store.User(id)!.GuessesOf(ProvedFactor.Totp)), Count(cluster.Store.User(id)!.GuessesOf(ProvedFactor.Password)))
        );
    }

    private static int Count(FactorFailures? failures) => failures?.Sources.Sum(source => source.Count) ?? 0;

    private string Code => CodeOf(s_secret);

    private string WrongCode => Code == "111111" ? "222222" : "111111";

    private string CodeOf(byte[] secret) => new OtpNet.Totp(secret).ComputeTotp(cluster.Clock.GetUtcNow().UtcDateTime);

    private Task<string> WithTotpAsync() =>
        cluster.NewHumanAsync(human => human with { TotpSecret = OtpNet.Base32Encoding.ToString(s_secret) });

    private async Task UseAsync(string id, string code)
    {
        var step = await cluster.Factors(id).VerifyTotpAsync(code);
        await cluster.Factors(id).CommitAsync(new RightAnswers { Answers = [new RightTotp(step)] });
    }
}

[Collection(nameof(LenientCluster))]
public sealed class LenientFactorTests(LenientCluster cluster)
{
    [Fact]
    public async Task Of_fifty_uses_of_one_code_at_once_one_wins()
    {
        var secret = Enumerable.Range(1, 20).Select(i => (byte)i).ToArray();
        var id = await cluster.NewHumanAsync(human => human with { TotpSecret = OtpNet.Base32Encoding.ToString(secret) });
        var code = new OtpNet.Totp(secret).ComputeTotp(cluster.Clock.GetUtcNow().UtcDateTime);
        var uses = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ =>
                    ErrorOfAsync(async () =>
                    {
                        var step = await cluster.Factors(id).VerifyTotpAsync(code);
                        await cluster.Factors(id).CommitAsync(new RightAnswers { Answers = [new RightTotp(step)] });
                    })
                )
        );
        Assert.Single(uses, use => use is null);
        Assert.All(uses.OfType<SessionError>(), use => Assert.Equal(SessionErrors.TotpInvalid.Id, use.Id));
    }

    [Fact]
    public async Task Answers_are_held_back_from_the_tenth_failure_on()
    {
        var id = await cluster.NewHumanAsync();
        var delays = new List<double>();
        for (var failures = 1; failures <= 15; failures++)
        {
            var failure = await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(id).VerifyPasswordAsync("wrong"));
            delays.Add(failure.AnswerDelay.TotalSeconds);
        }

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2], delays);
        Assert.Equal(UserState.Active, cluster.Store.User(id)!.State);
    }
}
