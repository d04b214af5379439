namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Lifetime, and what an expired session can still do: contract §8.1, §8.2.</summary>
public abstract class LifetimeTests(SharedHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("3600s", 3600.0)]
    [InlineData("18000.000000000s", 18000.0)]
    [InlineData("1.5s", 1.5)]
    [InlineData("315576000000s", null)]
    public async Task The_session_expires_a_lifetime_after_it_was_set(string lifetime, double? seconds)
    {
        var session = await Admin.OpenAsync(new { lifetime });

        var read = (await Admin.ReadAsync(session)).Expect(200);

        if (seconds is { } expected)
        {
            Assert.Equal(expected, (read.Date("session.expirationDate") - read.Date("session.changeDate")).TotalSeconds, 0.5);
        }
    }

    [Fact]
    public async Task Without_a_lifetime_it_never_expires()
    {
        var session = await Admin.OpenAsync();
        session = session.After(await Admin.SetAsync(session, new { metadata = Metadata(("a", "1")) }));

        Assert.False((await Admin.ReadAsync(session)).Expect(200).Has("session.expirationDate"));
    }

    [Fact]
    public async Task A_new_lifetime_starts_the_clock_anew_and_an_update_without_one_does_not()
    {
        var session = await Admin.OpenAsync(new { lifetime = "3600s" });
        var first = (await Admin.ReadAsync(session)).Expect(200).Text("session.expirationDate");

        (await Admin.SetAsync(session, new { metadata = Metadata(("a", "1")) })).Expect(200);
        Assert.Equal(first, (await Admin.ReadAsync(session)).Expect(200).Text("session.expirationDate"));

        (await Admin.SetAsync(session, new { lifetime = "60s" })).Expect(200);
        var read = (await Admin.ReadAsync(session)).Expect(200);
        Assert.Equal(60, (read.Date("session.expirationDate") - read.Date("session.changeDate")).TotalSeconds, 0.5);
    }

    [Theory]
    [InlineData("\"0s\"")]
    [InlineData("\"-1s\"")]
    [InlineData("\"-0.000000001s\"")]
    public async Task A_lifetime_must_be_positive(string lifetime)
    {
        var session = await Admin.OpenAsync();

        (await Admin.CreateSessionAsync(new Raw($$$$"""{"lifetime":{{{{lifetime}}}}}"""))).Expect(
            Failure.Invalid("CreateSessionRequest.Lifetime: value must be greater than 0s")
        );
        (await Admin.SetAsync(session, new Raw($$$$"""{"lifetime":{{{{lifetime}}}}}"""))).Expect(
            Failure.Invalid("SetSessionRequest.Lifetime: value must be greater than 0s")
        );
    }

    [Fact]
    public async Task An_expired_session_is_readable_and_listed_but_not_updatable()
    {
        var human = await Admin.NewHumanAsync();
        var session = await ExpiredAsync(human);

        var read = (await Admin.ReadAsync(session)).Expect(200);
        (await Admin.ReadAsync(session, session.Token)).Expect(200);

        Assert.True(read.Date("session.expirationDate") < DateTimeOffset.UtcNow);
        Assert.Equal(human.Id, read.Text("session.factors.user.id"));
        Assert.Equal([session.Id], await Admin.FindAsync(OfUser(human.Id)));
        (await Admin.SetAsync(session, new { })).Expect(Failures.Expired);
        (await Admin.SetAsync(session, new { lifetime = "3600s" })).Expect(Failures.Expired);
        (await Admin.SetAsync(session, new { checks = human.OnlyPassword })).Expect(Failures.Expired);
    }

    [Fact]
    public async Task Whether_it_is_expired_is_told_only_to_who_may_update()
    {
        var session = await ExpiredAsync(await Admin.NewHumanAsync());
        var viewer = (await Admin.NewMachineAsync("IAM_OWNER_VIEWER")).Api;

        (await viewer.SetAsync(session, new { lifetime = "3600s" })).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task An_expired_session_can_be_deleted_with_its_last_token_and_without()
    {
        var human = await Admin.NewHumanAsync();
        var (first, second) = (await ExpiredAsync(human), await ExpiredAsync(human));

        (await (await Admin.NewMachineAsync()).Api.EndAsync(first, first.Token)).Expect(200);
        (await Admin.EndAsync(second)).Expect(200);

        (await Admin.ReadAsync(first)).Expect(Failures.NoSession);
        Assert.Empty(await Admin.FindAsync(OfUser(human.Id)));
    }

    private async Task<OpenSession> ExpiredAsync(Human human)
    {
        var session = await Admin.OpenAsync(new { checks = human.WithPassword, lifetime = "0.2s" });
        await Eventually.StatusAsync(400, () => Admin.SetAsync(session, new { }), TimeSpan.FromSeconds(5));
        return session;
    }
}

public sealed class LifetimeTestsOnSqlite(SqliteHost host) : LifetimeTests(host);

public sealed class LifetimeTestsOnPostgreSql(PostgreSqlHost host) : LifetimeTests(host);

/// <summary>An installation with a maximum lifetime for sessions.</summary>
public sealed class BoundedLifetimes : OwnHosts
{
    [Fact]
    [Asvs("7.3.1", "7.3.2")]
    public async Task No_session_lives_longer_than_the_installation_allows_and_none_is_left_unused()
    {
        var admin = Admin(
            await StartAsync(HostSettings.Shared.With("Sessions__MaxLifetime", "12:00:00").With("Sessions__MaxIdleTimeout", "00:30:00"))
        );
        foreach (var body in new object[] { new { }, new { lifetime = "315576000000s", idleTimeout = "90000s" } })
        {
            var session = await admin.OpenAsync(body);
            var read = (await admin.ReadAsync(session)).Expect(200);
            Assert.Equal(30, (read.Date("session.expirationDate") - read.Date("session.creationDate")).TotalMinutes, 0.1);
            Assert.Equal("1800s", read.Text("session.idleTimeout"));
        }

        var idle = await admin.OpenAsync(new { lifetime = "60s" });
        var shorter = (await admin.ReadAsync(idle)).Expect(200);
        Assert.Equal(60, (shorter.Date("session.expirationDate") - shorter.Date("session.creationDate")).TotalSeconds, 0.5);
    }

    [Fact]
    [Asvs("7.3.2")]
    public async Task The_whole_life_has_an_end_that_nothing_puts_off()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__MaxLifetime", "00:01:00")));
        var session = await admin.OpenAsync();
        var end = (await admin.ReadAsync(session)).Expect(200).Date("session.expirationDate");
        (await admin.SetAsync(session, new { lifetime = "3600s" })).Expect(200);
        Assert.Equal(end, (await admin.ReadAsync(session)).Expect(200).Date("session.expirationDate"));
    }
}
