using Orleans.Runtime;
using Orleans.Sessions.Names;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Users;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>
/// What a stranger who guesses passwords learns of names, where the settings hide which ones exist. The clock of the cluster is this
/// class's own.
/// </summary>
public sealed class HiddenNameTests(SilentCluster cluster) : IClassFixture<SilentCluster>
{
    private static readonly TimeSpan s_block = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_name_is_blocked_and_slowed_down_alike_whether_or_not_a_password_leads_to_it()
    {
        string[] names =
        [
            await NewNamedAsync(),
            await NewNamedAsync(human => human with { Password = null }),
            await NewMachineNameAsync(),
            await NewInactiveNameAsync(),
            NewName("nobody"),
        ];
        foreach (var (expected, after) in Course())
        {
            foreach (var name in names)
            {
                var failure = await FailsAsync(expected, () => OpenAsync(name, "wrong"));
                Assert.Null(failure.FailedAttempts);
                Assert.Equal(after, failure.RetryAfter);
                Assert.Equal(TimeSpan.Zero, failure.AnswerDelay);
            }

            cluster.Clock.Advance(after ?? TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task A_name_that_a_person_gets_has_no_block_from_the_time_when_it_was_nobodys()
    {
        var name = NewName("later");
        for (var guess = 0; guess < 3; guess++)
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => OpenAsync(name, "wrong"));
        }

        await FailsAsync(SessionErrors.PasswordUserLocked, () => OpenAsync(name, "wrong"));
        await cluster.User(name).CreateAsync(NewHuman(name) with { UserName = name });

        await OpenAsync(name, Password);
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_held_to_the_limit()
    {
        var name = NewName("nobody");

        // The grain of a name that nobody has leaves memory at once. Callers repeat what comes to it meanwhile, as the gateway does.
        var errors = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ => ErrorOfAsync(() => GrainCalls.RepeatAsync(() => OpenAsync(name, "wrong"), TimeProvider.System, default)))
        );

        Assert.Equal(3, errors.Count(error => error == SessionErrors.PasswordInvalid));
        Assert.Equal(7, errors.Count(error => error == SessionErrors.PasswordUserLocked || error == SessionErrors.PasswordLockedMeanwhile));
    }

    [Fact]
    public async Task A_session_that_was_begun_with_the_name_does_not_tell_of_the_missing_password_either()
    {
        var person = await NewNamedAsync(human => human with { Password = null });
        var begun = await OpenAsync(person, password: null);

        await FailsAsync(SessionErrors.PasswordInvalid, () => SetAsync(begun.SessionId));
    }

    [Fact]
    public async Task A_name_whose_password_was_not_even_hashed_leaves_nothing_in_memory()
    {
        var name = NewName("nobody");
        var key = GrainKeys.LoginName(LoginName.KeysOf(name)[0]);
        var group = PasswordlessNameGrain.GroupOf(GrainKeys.Id(key));
        using var gate = new ManualResetEventSlim();
        var held = Enumerable
            .Range(0, HashesPerUser)
            .Select(_ =>
                cluster.Hashing.RunAsync(
                    group,
                    HashCost.Of("test", 1, 1),
                    isForeign: true,
                    () => gate.Wait(TimeSpan.FromMinutes(1)),
                    default
                )
            )
            .ToList();
        try
        {
            await FailsAsync(SessionErrors.HashingBusy, () => OpenAsync(name, "wrong"));
        }
        finally
        {
            gate.Set();
        }

        await Task.WhenAll(held);
        var counter = cluster.Grains.GetGrain<IPasswordlessNameGrain>(key).GetGrainId();
        for (var deadline = DateTime.UtcNow.AddSeconds(20); await IsInMemoryAsync(); await Task.Yield())
        {
            Assert.True(DateTime.UtcNow < deadline, "It is still in memory.");
        }

        async Task<bool> IsInMemoryAsync() =>
            (await cluster.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics()).Any(one => one.GrainId == counter);
    }

    /// <summary>The answers to guess after guess, and how long a block lasts that one of them tells of.</summary>
    private static IEnumerable<(SessionError Expected, TimeSpan? After)> Course()
    {
        for (var guess = 0; guess < 3; guess++)
        {
            yield return (SessionErrors.PasswordInvalid, null);
        }

        yield return (SessionErrors.PasswordUserLocked, s_block);
        yield return (SessionErrors.PasswordInvalid, null);
        yield return (SessionErrors.PasswordUserLocked, 2 * s_block);
        yield return (SessionErrors.PasswordInvalid, null);
    }

    /// <summary>A person whose login name is the id.</summary>
    private async Task<string> NewNamedAsync(Func<NewHuman, NewHuman>? with = null)
    {
        var id = NewName();
        await cluster.User(id).CreateAsync(NewHuman(id, with) with { UserName = id });
        return id;
    }

    private async Task<string> NewInactiveNameAsync()
    {
        var id = await NewNamedAsync();
        await cluster.User(id).DeactivateAsync(Caller.InCluster);
        return id;
    }

    private async Task<string> NewMachineNameAsync()
    {
        var id = NewName("machine");
        await cluster
            .User(id)
            .CreateAsync(
                new CreateUser
                {
                    Caller = Caller.InCluster,
                    UserName = id,
                    Machine = new MachineProfile("Machine"),
                }
            );
        return id;
    }

    private Task<SessionChange> OpenAsync(string loginName, string? password) =>
        cluster
            .Session(NewName("session"))
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks
                    {
                        User = new UserCheck { LoginName = loginName },
                        Password = password,
                    },
                }
            );

    private Task<SessionChange> SetAsync(string session) =>
        cluster
            .Session(session)
            .SetAsync(
                new SetSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { Password = "wrong" },
                }
            );
}
