namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>The ageing of tokens and sessions.</summary>
public sealed class AgeingTests : OwnHosts
{
    [Fact]
    public async Task A_token_is_good_for_a_moment_after_its_successor()
    {
        var host = await StartAsync(HostSettings.Default.With(Setting.TokenGrace, "00:00:03"));
        var admin = Admin(host);
        var first = await admin.OpenAsync();
        var second = first.After(await admin.SetAsync(first, new { metadata = Metadata(("a", "1")) }));
        (await admin.ReadAsync(first, first.Token)).Expect(200);

        // Only the token before the current one gets the grace. After two changes the old token is refused at once.
        var third = second.After(await admin.SetAsync(second, new { metadata = Metadata(("a", "2")) }));
        (await admin.ReadAsync(first, first.Token)).Expect(Failures.WrongTokenToRead);
        (await admin.ReadAsync(second, second.Token)).Expect(200);

        await Eventually.StatusAsync(403, () => admin.ReadAsync(second, second.Token), TimeSpan.FromSeconds(5));
        (await admin.ReadAsync(third, third.Token)).Expect(200);
        await Eventually.GetAsync(
            () => admin.ReadAsync(third),
            _ => host.Output.Contains("after its grace period", StringComparison.Ordinal),
            TimeSpan.FromSeconds(5),
            "the warning"
        );
        Assert.DoesNotContain(third.Id, host.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("7.1.2")]
    public async Task Beyond_the_limit_of_sessions_a_users_oldest_end()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With(Setting.MaxSessionsPerUser, "3")));
        var (human, other) = (await admin.NewHumanAsync(), await admin.NewHumanAsync());
        var untouched = await admin.OpenAsync(other);
        var proved = await admin.OpenAsync(human);
        var sessions = new List<OpenSession>();
        for (var i = 0; i < 5; i++)
        {
            sessions.Add(await admin.OpenAsync(new { checks = human.OnlyUser }));
        }

        var found = await Eventually.GetAsync(
            () => admin.SearchAsync(OfUser(human.Id)),
            page => page.Items("sessions").Count == 4,
            TimeSpan.FromSeconds(5),
            "four sessions"
        );

        // Anyone who knows a login name can begin sessions. Such sessions replace each other, and not the session in which the user has
        // proved a factor.
        Assert.Equal(sessions[2..].Select(session => session.Id).Reverse().Append(proved.Id), found.Texts("sessions", "id"));
        (await admin.ReadAsync(proved, proved.Token)).Expect(200);
        (await admin.ReadAsync(sessions[0])).Expect(Failures.NoSession);
        (await admin.ReadAsync(sessions[4], sessions[4].Token)).Expect(200);
        (await admin.ReadAsync(untouched, untouched.Token)).Expect(200);
    }

    [Fact]
    public async Task Expired_and_deleted_sessions_are_purged_after_the_retention_time()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var first = await StartAsync(settings);
        var userAgent = new { fingerprintId = Unique("fp") };
        var (expired, ended, kept) = (
            await Admin(first).OpenAsync(new { userAgent, lifetime = "0.1s" }),
            await Admin(first).OpenAsync(new { userAgent }),
            await Admin(first).OpenAsync(new { userAgent, lifetime = "3600s" })
        );
        (await Admin(first).EndAsync(ended)).Expect(200);
        await Eventually.StatusAsync(400, () => Admin(first).SetAsync(expired, new { }), TimeSpan.FromSeconds(5));
        (await Admin(first).SetAsync(ended, new { })).Expect(Failures.Terminated);
        await first.TerminateAsync();

        var admin = Admin(await StartAsync(settings.With(Setting.Retention, "00:00:00")));

        await Eventually.GetAsync(
            () => admin.SearchAsync(OfBrowser(userAgent.fingerprintId)),
            found => found.Items("sessions").Count == 1,
            TimeSpan.FromSeconds(15),
            "only one session left"
        );
        (await admin.ReadAsync(expired)).Expect(Failures.NoSession);
        (await admin.SetAsync(expired, new { })).Expect(Failures.NoSession);
        (await admin.SetAsync(ended, new { })).Expect(Failures.NoSession);
        (await admin.ReadAsync(kept, kept.Token)).Expect(200);
    }
}
