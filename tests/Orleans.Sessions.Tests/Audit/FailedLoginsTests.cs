using Orleans.Sessions.Audit;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Audit;

/// <summary>Counts of failed session checks, with user, reason and source.</summary>
[Collection(nameof(LenientCluster))]
public sealed class FailedLoginsTests(LenientCluster cluster)
{
    [Fact]
    [Asvs("16.3.1")]
    public async Task Wrong_passwords_are_counted_against_the_person_and_the_address()
    {
        var user = await cluster.NewHumanAsync();
        for (var i = 0; i < 3; i++)
        {
            await FailsAsync(SessionErrors.PasswordInvalid, () => CreateAsync(
                    new Checks
                    {
                        User = new UserCheck { UserId = user },
                        Password = "wrong",
                    }
                ));
        }

        await cluster.Failures.FlushAsync(default);

        var rows = cluster
            .Store.Audit.Where(row =>
                row.Kind == AuditKinds.LoginPassword.Name && row.TargetId == user && row.Outcome == AuditOutcome.Failure
            )
            .ToList();
        Assert.Equal(3, rows.Sum(row => row.Count));
        Assert.All(rows, row => Assert.Equal(("COMMAND-3M0fs", "192.0.2.44"), (row.Reason, row.Source)));
    }

    [Fact]
    [Asvs("16.3.1")]
    public async Task A_name_that_nobody_has_is_counted_and_not_kept()
    {
        var name = NewName("my-password-by-mistake");
        await FailsAsync(SessionErrors.UserNotFound, () => CreateAsync(new Checks { User = new UserCheck { LoginName = name } }));
        await cluster.Failures.FlushAsync(default);

        Assert.Contains(cluster.Store.Audit, row =>
            row.Kind == AuditKinds.LoginUser.Name && row.Outcome == AuditOutcome.Failure && row.Reason == SessionErrors.UserNotFound.Id
        );
        Assert.DoesNotContain(cluster.Store.Audit, row => row.ToString().Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    [Asvs("16.3.1")]
    public async Task A_login_of_somebody_who_is_locked_is_counted_against_them()
    {
        var user = await cluster.NewHumanAsync();
        await cluster.User(user).LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.UserNotActive, () => CreateAsync(new Checks { User = new UserCheck { UserId = user } }));
        await cluster.Failures.FlushAsync(default);

        Assert.Contains(cluster.Store.Audit, row =>
            row.Kind == AuditKinds.LoginUser.Name && row.TargetId == user && row.Outcome == AuditOutcome.Failure
        );
    }

    [Fact]
    [Asvs("16.3.3")]
    public async Task A_replaced_session_token_that_comes_back_is_counted()
    {
        var user = await cluster.NewHumanAsync();
        var (id, first) = await cluster.LogInAsync(user);
        await cluster.Session(id).SetAsync(new SetSession { Caller = Caller.InCluster, Lifetime = TimeSpan.FromDays(1) });
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await FailsAsync(SessionErrors.SessionTokenInvalid, () => cluster.Session(id).DeleteAsync(CallerWith(), first));
        await cluster.Failures.FlushAsync(default);

        Assert.Contains(cluster.Store.Audit, row =>
            row.Kind == AuditKinds.SessionTokenReused.Name && row.TargetId == user && row.Outcome == AuditOutcome.Failure
        );
    }

    private Task<SessionChange> CreateAsync(Checks checks) =>
        cluster
            .Session(NewName("session"))
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = checks,
                    UserAgent = new UserAgent { Ip = "192.0.2.44" },
                }
            );
}
