namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Starting and stopping: exit codes, files and output on which scripts of operators depend.</summary>
public sealed class InstallationTests : OwnHosts
{
    [Fact]
    [Asvs("6.3.2")]
    public async Task The_first_start_says_where_the_administrators_token_is_and_prints_it_to_no_log()
    {
        var host = await StartAsync(HostSettings.Default);

        Assert.Contains(host.AdminTokenFile, host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pat_", host.Output, StringComparison.Ordinal);
        await Admin(host).OpenAsync();
    }

    [Fact]
    public async Task A_terminated_host_finishes_what_it_has_begun_and_ends_in_time()
    {
        var host = await StartAsync(HostSettings.Default.With(Setting.DataPath, NewFolder()));
        var admin = Admin(host);
        var people = new List<Human>();
        for (var i = 0; i < 4; i++)
        {
            people.Add(await admin.NewHumanAsync());
        }

        await admin.OpenAsync(people[0]);

        // Hashing takes long enough to be in progress when the signal comes.
        var logins = people.Select(human => admin.CreateSessionAsync(new { checks = human.WithPassword })).ToList();
        await Task.WhenAny(logins);
        var took = await host.TerminateAsync();

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(0, host.ExitCode);
        Assert.All(await Task.WhenAll(logins), login => Assert.True(login.Status is 201 or 503, login.Explain("an answer")));
    }

    [Fact]
    [Asvs("16.2.3")]
    public async Task Its_log_goes_to_standard_output_and_into_no_file()
    {
        var host = await StartAsync(HostSettings.Default.With(Setting.LogLevel, "Debug").With(Setting.DataPath, NewFolder()));
        var admin = Admin(host);
        (await admin.CreateSessionAsync(new { checks = new { user = new { loginName = Unique("nobody") } } })).ExpectRefusal();
        await admin.OpenAsync(await admin.NewHumanAsync());

        var files = Directory
            .GetFiles(host.DataPath, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetFileName(file)!)
            .ToList();
        string[] expected = ["sessions.db", "sessions.db-wal", "sessions.db-shm", "master.key", "admin.pat"];
        Assert.All(files, file => Assert.Contains(file, expected));
        Assert.Contains(" dbug ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_settings_the_defaults_hold()
    {
        var host = await StartAsync(HostSettings.Default);
        var admin = Admin(host);
        var human = await admin.NewHumanAsync();
        var wrong = new { checks = new { user = new { userId = human.Id }, password = new { password = human.Password + "!" } } };

        // The tenth failure is answered a second late. After it, no further answer is checked for a while.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            clock.Restart();
            var reply = (await admin.CreateSessionAsync(wrong)).Expect(Failures.WrongPassword);
            Assert.Equal(attempt, reply["details.0.failedAttempts"]!.GetValue<int>());
        }

        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1), $"The tenth failure was answered after {clock.Elapsed}.");
        Assert.Equal(
            "COMMAND-JLK35",
            (await admin.CreateSessionAsync(new { checks = human.WithPassword })).Expect(400).Text("details.0.id")
        );
    }
}
