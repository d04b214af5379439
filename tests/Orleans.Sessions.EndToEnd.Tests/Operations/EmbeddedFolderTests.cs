using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>
/// The embedded database's folder. A folder that cannot work ends the start with a message, and with an exit code that forbids a restart.
/// </summary>
public sealed class EmbeddedFolderTests(EmbeddedFolderTests.UsedFolder used) : OwnHosts, IClassFixture<EmbeddedFolderTests.UsedFolder>
{
    private const int NotToBeStartedAgain = 78;
    private const string DatabaseFile = "sessions.db";

    [Fact]
    public async Task A_second_process_on_the_folder_does_not_start_and_the_first_goes_on()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var admin = Admin(await StartAsync(settings));
        var session = await admin.OpenAsync();

        await RefusesAsync(settings, "Another process uses the data folder");

        (await admin.ReadAsync(session, session.Token)).Expect(200);
        await admin.Host.KillAsync();
        (await admin.At(await StartAsync(settings)).ReadAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    public async Task Nothing_that_is_removed_lets_a_second_process_in_while_the_first_one_lives()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        await StartAsync(settings);

        foreach (var file in Directory.GetFiles(settings[Setting.DataPath]))
        {
            File.Delete(file);
        }

        await RefusesAsync(settings, "Another process uses the data folder");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Everything_in_the_folder_is_for_its_owner_only()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        await Admin(await StartAsync(settings)).OpenAsync();

        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var files = Directory.GetFiles(settings[Setting.DataPath]);
        Assert.Superset(
            new HashSet<string> { "admin.pat", "master.key", "sessions.db", "sessions.db-wal" },
            files.Select(System.IO.Path.GetFileName).ToHashSet()!
        );
        Assert.All(files, file => Assert.Equal((file, UnixFileMode.None), (file, File.GetUnixFileMode(file) & Others)));
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("overwritten in the middle")]
    [InlineData("overwritten at the beginning")]
    public async Task A_damaged_database_is_not_used(string damage)
    {
        var settings = CopyOfUsedFolder();
        await using (var file = File.Open(Database(settings), FileMode.Open))
        {
            var noise = new byte[64 * 1024];
            Random.Shared.NextBytes(noise);
            switch (damage)
            {
                case "cut off":
                    file.SetLength(file.Length / 2);
                    break;
                case "overwritten in the middle":
                    file.Position = file.Length / 4;
                    file.Write(noise);
                    break;
                default:
                    file.Write(noise.AsSpan(0, 100));
                    break;
            }
        }

        await RefusesAsync(settings, $"{DatabaseFile} is damaged");
    }

    [Fact]
    public async Task A_folder_that_has_lost_its_data_is_not_taken_for_a_new_one()
    {
        var settings = CopyOfUsedFolder();
        File.WriteAllBytes(Database(settings), []);

        await RefusesAsync(settings, "no data in sessions.db");

        File.Delete(Database(settings));
        await RefusesAsync(settings, "no data in sessions.db");
    }

    [Fact]
    public async Task A_copy_with_its_log_is_as_good_as_the_folder_itself()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var admin = Admin(await StartAsync(settings));
        var session = await admin.OpenAsync();
        await admin.Host.KillAsync();
        var copy = CopyOf(settings[Setting.DataPath]);

        (await admin.At(await StartAsync(copy)).ReadAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    public async Task A_copy_without_its_log_is_not_used_until_somebody_accepts_what_is_missing()
    {
        var settings = CopyOfUsedFolder();
        var admin = Admin(await StartAsync(settings));
        await admin.OpenAsync();
        await admin.Host.KillAsync();
        File.Delete(Log(settings));

        await RefusesAsync(settings, "sessions.db-wal, which is not there");
        await RefusesAsync(settings, "sessions.db-wal, which is not there");

        File.WriteAllBytes(Log(settings), []);
        var accepted = admin.At(await StartAsync(settings));
        var session = await accepted.OpenAsync();
        await accepted.Host.TerminateAsync();
        Assert.False(File.Exists(Log(settings)));
        (await admin.At(await StartAsync(settings)).ReadAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    public async Task A_backup_that_the_database_made_while_it_was_in_use_is_as_good()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var admin = Admin(await StartAsync(settings));
        var session = await admin.OpenAsync();
        var backup = settings.With(Setting.DataPath, NewFolder());
        File.Copy(
            System.IO.Path.Combine(settings[Setting.DataPath], "master.key"),
            System.IO.Path.Combine(backup[Setting.DataPath], "master.key")
        );
        await using (var connection = new SqliteConnection($"Data Source={Database(settings)};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"vacuum into '{Database(backup)}'";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        (await admin.At(await StartAsync(backup)).ReadAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    public async Task Damage_that_is_found_while_the_service_runs_is_an_answer_503_and_said_once()
    {
        var settings = CopyOfUsedFolder();
        var admin = Admin(await StartAsync(settings));
        var humans = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.NewHumanAsync()));
        await admin.Host.TerminateAsync();
        admin = admin.At(await StartAsync(settings));
        await using (var file = File.Open(Database(settings), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // All but the first page, which is in everybody's memory.
            const int Page = 4096;
            var noise = new byte[file.Length - Page];
            Array.Fill(noise, (byte)0xFF);
            file.Position = Page;
            file.Write(noise);
        }

        foreach (var human in humans)
        {
            var reply = (await admin.GetAsync($"/v2/users/{human.Id}")).Expect(503);
            Assert.Matches("^[1-9][0-9]*$", reply.Header("retry-after") ?? "");
        }

        // The log is written a little later.
        await Eventually.GetAsync(
            () => admin.GetAsync($"/v2/users/{humans[0].Id}"),
            _ => Said() > 0,
            TimeSpan.FromSeconds(30),
            "the damage is said"
        );
        Assert.Equal(1, Said());

        int Said() => admin.Host.Output.Split($"{DatabaseFile} is damaged").Length - 1;
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_cannot_be_written_is_not_used()
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

        var settings = CopyOfUsedFolder();
        var folder = settings[Setting.DataPath];
        foreach (var file in Directory.GetFiles(folder))
        {
            File.SetUnixFileMode(file, Readable);
        }

        File.SetUnixFileMode(folder, Enterable);
        var place = HostPlace.Next();
        if (Environment.UserName == "root")
        {
            // File modes do not restrict root, so the host runs as another user.
            place = place with { Command = ["setpriv", "--reuid=nobody", "--clear-groups", "--inh-caps=-all", .. place.Command] };
        }

        await RefusesAsync(settings, "cannot be written", place);

        File.SetUnixFileMode(folder, Enterable | UnixFileMode.UserWrite);
    }

    private static string Log(Dictionary<string, string> settings) => $"{Database(settings)}-wal";

    private static string Database(Dictionary<string, string> settings) => System.IO.Path.Combine(settings[Setting.DataPath], DatabaseFile);

    private Dictionary<string, string> CopyOfUsedFolder() => CopyOf(used.Path);

    private Dictionary<string, string> CopyOf(string folder)
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Copy(file, System.IO.Path.Combine(settings[Setting.DataPath], System.IO.Path.GetFileName(file)));
        }

        return settings;
    }

    private async Task RefusesAsync(Dictionary<string, string> settings, string why, HostPlace? place = null)
    {
        var host = Launch(settings, place);

        await host.WaitForExitAsync(TimeSpan.FromMinutes(3));

        Assert.Contains(why, host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        Assert.Equal(NotToBeStartedAgain, host.ExitCode);
    }

    /// <summary>A folder with a database that was stopped in order, so that all data is in one file.</summary>
    public sealed class UsedFolder : OwnHosts
    {
        public string Path { get; private set; } = "";

        public override async ValueTask InitializeAsync()
        {
            Path = NewFolder();
            var host = await StartAsync(HostSettings.Default.With(Setting.DataPath, Path));
            await Admin(host).OpenAsync();
            await host.TerminateAsync();
        }
    }
}
