namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Starting and stopping: the contract that others script against.</summary>
public sealed class Installation : OwnHosts
{
    [Fact]
    public async Task The_first_start_leaves_a_token_that_only_its_owner_may_read()
    {
        var host = await StartAsync(HostSettings.Default);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.AdminTokenFile));
        }

        var occurrences = host.Output.Split(host.AdminToken).Length - 1;
        Assert.Equal(1, occurrences);
        await Admin(host).OpenAsync();
    }

    [Fact]
    public async Task A_terminated_host_finishes_what_it_has_begun_and_ends_in_time()
    {
        var host = await StartAsync(HostSettings.Default.With(Setting.DataPath, NewFolder()));
        var admin = Admin(host);
        var human = await admin.NewHumanAsync();
        await admin.OpenAsync(human);

        // Hashing takes long enough to be under way when the signal comes.
        var logins = Enumerable.Range(0, 4).Select(_ => admin.CreateSessionAsync(new { checks = human.WithPassword })).ToList();
        await Task.WhenAny(logins);
        var took = await host.TerminateAsync();

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(0, host.ExitCode);
        Assert.All(await Task.WhenAll(logins), login => Assert.True(login.Status is 201 or 503, login.Explain("an answer")));
    }

    [Theory]
    [InlineData(Setting.MaxPasswordAttempts, "-1", "Sessions:Lockout:MaxPasswordAttempts")]
    [InlineData(Setting.MaxOtpAttempts, "-1", "Sessions:Lockout:MaxOtpAttempts")]
    [InlineData(Setting.TokenGrace, "-00:00:01", "Sessions:Tokens:Grace")]
    [InlineData(Setting.TokenGrace, "soon", "Sessions:Tokens:Grace")]
    [InlineData(Setting.SweepInterval, "00:00:00", "Sessions:Expiry:SweepInterval")]
    [InlineData(Setting.Retention, "-1.00:00:00", "Sessions:Retention")]
    [InlineData(Setting.HashAlgorithm, "Rot13", "Sessions:Passwords:Algorithm")]
    [InlineData(Setting.Pbkdf2Rounds, "1", "Sessions:Passwords:Pbkdf2Rounds")]
    [InlineData("Sessions__Role", "chief", "Sessions:Role")]
    [InlineData("Sessions__MasterKey", "short", "Sessions:MasterKey")]
    [InlineData(Setting.ConnectionString, "nonsense", "ConnectionStrings:Sessions")]
    public async Task A_wrong_setting_ends_the_start_with_a_message_that_names_it(string name, string value, string key)
    {
        var host = Launch(HostSettings.Default.With(name, value));

        await host.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.NotEqual(0, host.ExitCode);
        Assert.Contains(key, host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_settings_the_defaults_hold()
    {
        var host = await StartAsync(HostSettings.Default);
        var admin = Admin(host);
        var human = await admin.NewHumanAsync();
        var wrong = new { checks = new { user = new { userId = human.Id }, password = new { password = human.Password + "\0" } } };

        // The tenth failure is answered a second late, and is the last that is looked at.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            clock.Restart();
            var reply = (await admin.CreateSessionAsync(wrong)).Expect(Failures.WrongPassword);
            Assert.Equal(attempt, reply["details.0.failedAttempts"]!.GetValue<int>());
        }

        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1), $"The tenth failure was answered after {clock.Elapsed}.");
        (await admin.CreateSessionAsync(new { checks = human.WithPassword })).Expect(Failures.UserNotActive);
    }

    [Fact]
    public async Task A_token_is_good_for_a_moment_after_its_successor()
    {
        var host = await StartAsync(HostSettings.Default.With(Setting.TokenGrace, "00:00:03"));
        var admin = Admin(host);
        var first = await admin.OpenAsync();
        var second = first.After(await admin.SetAsync(first, new { metadata = Metadata(("a", "1")) }));
        (await admin.ReadAsync(first, first.Token)).Expect(200);

        // Only the one before the last is: two changes on, it is refused at once.
        var third = second.After(await admin.SetAsync(second, new { metadata = Metadata(("a", "2")) }));
        (await admin.ReadAsync(first, first.Token)).Expect(Failures.WrongTokenToRead);
        (await admin.ReadAsync(second, second.Token)).Expect(200);

        await Eventually.StatusAsync(403, () => admin.ReadAsync(second, second.Token), TimeSpan.FromSeconds(5));
        (await admin.ReadAsync(third, third.Token)).Expect(200);
    }

    [Fact]
    public async Task Expired_and_deleted_sessions_are_purged_after_the_retention_time()
    {
        var host = await StartAsync(HostSettings.Default
            .With(Setting.Retention, "00:00:01").With(Setting.SweepInterval, "00:00:00.2"));
        var admin = Admin(host);
        var human = await admin.NewHumanAsync();
        var (expiring, ended, kept) = (
            await admin.OpenAsync(new { checks = human.OnlyUser, lifetime = "0.5s" }), await admin.OpenAsync(), await admin.OpenAsync(human));
        (await admin.EndAsync(ended)).Expect(200);

        await Eventually.StatusAsync(404, () => admin.ReadAsync(expiring), TimeSpan.FromSeconds(15));
        await Eventually.StatusAsync(404, () => admin.SetAsync(ended, new { }), TimeSpan.FromSeconds(15));
        Assert.Equal([kept.Id], await admin.FindAsync(OfUser(human.Id)));
        (await admin.ReadAsync(kept, kept.Token)).Expect(200);
    }
}
