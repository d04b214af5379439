using System.Runtime.Versioning;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>
/// The embedded database's folder. A folder that cannot work ends the start with a message, and with an exit code that forbids a restart.
/// </summary>
public sealed class EmbeddedFolder : OwnHosts
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
        Assert.All(Directory.GetFiles(settings[Setting.DataPath]), file => Assert.Equal((file, UnixFileMode.None), (file, File.GetUnixFileMode(file) & Others)));
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("overwritten in the middle")]
    [InlineData("overwritten at the beginning")]
    public async Task A_damaged_database_is_not_used(string damage)
    {
        var settings = await UsedFolderAsync();
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
        var settings = await UsedFolderAsync();
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
        var copy = settings.With(Setting.DataPath, NewFolder());
        foreach (var file in Directory.GetFiles(settings[Setting.DataPath]))
        {
            File.Copy(file, System.IO.Path.Combine(copy[Setting.DataPath], System.IO.Path.GetFileName(file)));
        }

        (await admin.At(await StartAsync(copy)).ReadAsync(session, session.Token)).Expect(200);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_cannot_be_written_is_not_used()
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

        var settings = await UsedFolderAsync();
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

    private static string Database(Dictionary<string, string> settings) => System.IO.Path.Combine(settings[Setting.DataPath], DatabaseFile);

    /// <summary>A folder with a database that was stopped in order, so that all data is in one file.</summary>
    private async Task<Dictionary<string, string>> UsedFolderAsync()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var admin = Admin(await StartAsync(settings));
        await admin.OpenAsync();
        await admin.Host.TerminateAsync();
        return settings;
    }

    private async Task RefusesAsync(Dictionary<string, string> settings, string why, HostPlace? place = null)
    {
        var host = Launch(settings, place);

        await host.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.Contains(why, host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        Assert.Equal(NotToBeStartedAgain, host.ExitCode);
    }
}
