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

        var errors = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ErrorOfAsync(() => OpenAsync(name, "wrong"))));

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
