using Orleans.Sessions.Notifications;
using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

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

    [Theory]
    [InlineData("lock", "UserLocked")]
    [InlineData("deactivate", "UserDeactivated")]
    [InlineData("delete", "UserDeleted")]
    [InlineData("reset", "PasswordReset")]
    public async Task A_session_that_strayed_ends_for_the_reason_for_which_the_others_ended(string ending, string reason)
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

        await cluster.Grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(session)).EndStrayAsync();

        Assert.Equal(reason, Assert.Single(cluster.Store.Session(session)!.Events!.Value).Reason.ToString());
    }

    [Fact]
    public async Task What_a_crash_has_left_is_of_no_use_meanwhile()
    {
        var user = await cluster.NewHumanAsync();
        var (session, token) = await cluster.LogInAsync(user);
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
        await FailsAsync(SessionErrors.SessionTerminated, () => cluster
                .Session(session)
                .SetAsync(
                    new SetSession
                    {
                        Caller = Caller.InCluster,
                        Checks = new Checks { User = new UserCheck { UserId = user } },
                    }
                ));

        // A session relies for a minute on what it knows about its user.
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.Session(session).GetAsync(Caller.InCluster, token));
        await FailsAsync(SessionErrors.BearerSessionMissing, () => cluster.Session(session).AuthenticateAsync(token));
        var lifecycle = cluster.Grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(session));
        await FailsAsync(SessionErrors.SessionTerminated, () => lifecycle.LinkAsync(token));
        Assert.Null(await lifecycle.FindAsync());
    }

    [Fact]
    [Asvs("7.4.3")]
    public async Task A_reset_by_code_ends_the_sessions_that_anybody_is_in_with_and_spares_those_that_were_only_begun()
    {
        var user = await cluster.NewHumanAsync();
        var (first, second) = (await cluster.NewSessionAsync(user), await cluster.NewSessionAsync(user));
        var begun = await BeginAsync(user);
        cluster.Store.SessionsAreAway = true;
        try
        {
            await FailsAsync(SessionErrors.ClusterAway, () => ResetByCodeAsync(user));
        }
        finally
        {
            cluster.Store.SessionsAreAway = false;
        }

        // The crash has left sessions that should have ended. Their proofs are void as soon as they ask their user; they end later.
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await cluster.Session(first).GetAsync(Caller.InCluster, null)).Factors!.Password);
        Assert.Contains(user, await cluster.Store.EndingSessionsAsync(100, default));
        await cluster
            .Session(second)
            .SetAsync(
                new SetSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { Password = "Another-Horse-8" },
                }
            );
        await cluster.Factors(user).ResumeEndingSessionsAsync();

        Assert.Contains(cluster.Store.Session(first)!.Events!.Value, ended => ended.Reason == SessionEndReason.PasswordReset);
        Assert.DoesNotContain(user, await cluster.Store.EndingSessionsAsync(100, default));
        Assert.NotNull((await cluster.Session(second).GetAsync(Caller.InCluster, null)).Factors!.Password);
        var token = (
            await cluster
                .Session(begun)
                .SetAsync(
                    new SetSession
                    {
                        Caller = Caller.InCluster,
                        Checks = new Checks { Password = "Another-Horse-8" },
                    }
                )
        ).Token!;
        Assert.Equal(user, (await cluster.Session(begun).AuthenticateAsync(token)).UserId);
    }

    [Fact]
    public async Task Changing_ones_own_password_ends_nothing_but_takes_the_factor_away()
    {
        var user = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(user);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster
            .User(user)
            .SetPasswordAsync(
                CallerWith() with
                {
                    UserId = user,
                },
                new PasswordChange
                {
                    Current = Password,
                    New = new NewPassword { Password = "Another-Horse-8" },
                }
            );
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
        await cluster
            .User(user)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    UserName = name,
                    Profile = new ProfileChange { DisplayName = "Countess" },
                }
            );
        var factors = (await cluster.Session(session).GetAsync(Caller.InCluster, null)).Factors!;
        Assert.Equal((name, "Countess"), (factors.User.LoginName, factors.User.DisplayName));
    }

    private async Task<string> BeginAsync(string user)
    {
        var id = NewName("session");
        await cluster
            .Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = user } },
                }
            );
        return id;
    }

    private async Task ResetByCodeAsync(string user)
    {
        var issued = await cluster
            .User(user)
            .RequestPasswordResetAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return), OtpChannel.Email);
        await cluster
            .User(user)
            .SetPasswordAsync(
                Caller.InCluster,
                new PasswordChange
                {
                    VerificationCode = issued.Code,
                    New = new NewPassword { Password = "Another-Horse-8" },
                }
            );
    }

    private Task<UserDetails> EndAsync(string user, string ending) =>
        ending switch
        {
            "lock" => cluster.User(user).LockAsync(Caller.InCluster),
            "deactivate" => cluster.User(user).DeactivateAsync(Caller.InCluster),
            "delete" => cluster.User(user).DeleteAsync(Caller.InCluster),
            _ => cluster
                .User(user)
                .SetPasswordAsync(Caller.InCluster, new PasswordChange { New = new NewPassword { Password = "Another-Horse-8" } }),
        };
}
