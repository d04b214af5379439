using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

[Collection(nameof(StrictCluster))]
public sealed class EndingSessionsTests(StrictCluster cluster)
{
    public static TheoryData<string> Endings => ["lock", "deactivate", "delete", "reset"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Sessions_have_ended_when_the_answer_comes(string ending)
    {
        var user = await cluster.NewHumanAsync();
        var sessions = await Task.WhenAll(cluster.NewSessionAsync(user), cluster.NewSessionAsync(user));
        await EndAsync(user, ending);
        foreach (var session in sessions)
        {
            Assert.NotNull(cluster.Store.Session(session)!.EndedAt);
            await FailsAsync(SessionErrors.SessionNotFound, () => cluster.Session(session).GetAsync(Caller.InCluster, null));
        }

        Assert.Equal((1, null), (cluster.Store.User(user)!.SessionEpoch, cluster.Store.User(user)!.EndingSessions));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task What_a_crash_has_left_is_finished_later(string ending)
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(user);
        cluster.Store.SessionsAreAway = true;
        try
        {
            await FailsAsync(SessionErrors.ClusterAway, () => EndAsync(user, ending));
        }
        finally
        {
            cluster.Store.SessionsAreAway = false;
        }

        Assert.Null(cluster.Store.Session(session)!.EndedAt);
        Assert.Contains(user, await cluster.Store.EndingSessionsAsync(100, default));
        await cluster.Factors(user).ResumeEndingSessionsAsync();
        Assert.NotNull(cluster.Store.Session(session)!.EndedAt);
        Assert.DoesNotContain(user, await cluster.Store.EndingSessionsAsync(100, default));
    }

    [Fact]
    public async Task What_a_crash_has_left_is_of_no_use_meanwhile()
    {
        var user = await cluster.NewHumanAsync();
        var session = NewName("session");
        var token = (await cluster.Session(session).CreateAsync(new CreateSession
        {
            Caller = Caller.InCluster, Checks = new Checks { User = new UserCheck { UserId = user }, Password = Password },
        })).Token!;
        cluster.Store.SessionsAreAway = true;
        try
        {
            await FailsAsync(SessionErrors.ClusterAway, () => EndAsync(user, "lock"));
        }
        finally
        {
            cluster.Store.SessionsAreAway = false;
        }

        await cluster.User(user).UnlockAsync(Caller.InCluster);
        Assert.Null(cluster.Store.Session(session)!.EndedAt);
        await FailsAsync(SessionErrors.SessionTerminated, () => cluster.Session(session).SetAsync(
            new SetSession { Caller = Caller.InCluster, Checks = new Checks { User = new UserCheck { UserId = user } } }));

        // What a session has heard of its user is believed for a minute.
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.Session(session).GetAsync(Caller.InCluster, token));
        await FailsAsync(SessionErrors.BearerSessionMissing, () => cluster.Session(session).AuthenticateAsync(token));
        var lifecycle = cluster.Grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(session));
        await FailsAsync(SessionErrors.SessionTerminated, () => lifecycle.LinkAsync(token));
        Assert.Null(await lifecycle.FindAsync());
    }

    [Fact]
    public async Task A_lockout_ends_even_the_session_that_asked_and_answers_it_first()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(user);
        for (var failures = 0; failures < 3; failures++)
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Session(session).SetAsync(
                new SetSession { Caller = Caller.InCluster, Checks = new Checks { Password = "wrong" } }));
        }

        await cluster.Store.WaitForAsync(store => store.Session(session)!.EndedAt is not null && store.User(user)!.EndingSessions is null);
        Assert.Contains(cluster.Store.Session(session)!.Events!.Value, ended => ended.Reason == SessionEndReason.UserLocked);
    }

    [Fact]
    public async Task Changing_ones_own_password_ends_nothing_but_takes_the_factor_away()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(user);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.User(user).SetPasswordAsync(
            CallerWith() with { UserId = user },
            new PasswordChange { Current = Password, New = new NewPassword { Password = "Another-Horse-8" } });
        var view = await cluster.Session(session).GetAsync(Caller.InCluster, null);
        Assert.NotNull(view.Factors);
        Assert.Null(view.Factors.Password);
    }

    [Fact]
    public async Task A_first_password_ends_nothing()
    {
        var user = await cluster.NewHumanAsync(human => human with { Password = null });
        await EndAsync(user, "reset");
        Assert.Equal(0, cluster.Store.User(user)!.SessionEpoch);
    }

    [Fact]
    public async Task Sessions_show_the_new_name_at_once()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(user);
        var name = NewName("renamed");
        await cluster.User(user).UpdateAsync(new UpdateUser
        {
            Caller = Caller.InCluster, UserName = name, Profile = new ProfileChange { DisplayName = "Countess" },
        });
        var factors = (await cluster.Session(session).GetAsync(Caller.InCluster, null)).Factors!;
        Assert.Equal((name, "Countess"), (factors.User.LoginName, factors.User.DisplayName));
    }

    private Task<UserDetails> EndAsync(string user, string ending) => ending switch
    {
        "lock" => cluster.User(user).LockAsync(Caller.InCluster),
        "deactivate" => cluster.User(user).DeactivateAsync(Caller.InCluster),
        "delete" => cluster.User(user).DeleteAsync(Caller.InCluster),
        _ => cluster.User(user).SetPasswordAsync(Caller.InCluster, new PasswordChange { New = new NewPassword { Password = "Another-Horse-8" } }),
    };
}
