using System.Text;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Secrets that must not appear in the data folder or in the log.</summary>
public sealed class SecretTests : OwnHosts
{
    [Fact]
    [Asvs("16.2.5")]
    public async Task No_secret_is_stored_or_logged_as_it_is()
    {
        var host = await StartAsync(HostSettings.Default.With(Setting.LogLevel, "Debug").With(Setting.DataPath, NewFolder()));
        var admin = Admin(host);
        var human = await admin.NewHumanAsync(withTotp: true, password: "Very-Secret-Pa55word");
        var machine = await admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var session = await machine.Api.OpenAsync(human);
        var code = TotpCode.Now(human.TotpSecret);
        var next = session.After(await admin.SetAsync(session, new { checks = new { totp = new { code } } }));
        (await admin.ReadAsync(next, next.Token)).Expect(200);
        (await admin.As(next.Token).ReadAsync(next)).Expect(200);
        (await admin.ReadAsync(next, session.Token + "x")).Expect(403);
        (await admin.SetAsync(next, new { checks = new { password = new { password = "Very-Secret-Guess" } } })).Expect(
            Failures.WrongPassword
        );
        await host.TerminateAsync();

        string[] secrets =
        [
            host.AdminToken,
            human.Password,
            human.TotpSecret,
            session.Token,
            next.Token,
            machine.Api.Token!,
            "Very-Secret-Guess",
        ];
        var stored = Directory
            .GetFiles(host.DataPath, "*", SearchOption.AllDirectories)
            .Where(file => file != host.AdminTokenFile)
            .Select(file => (File: new FileInfo(file).Name, Text: Encoding.Latin1.GetString(File.ReadAllBytes(file))))
            .Append((File: "log", Text: host.Output))
            .ToList();

        Assert.Contains(stored, part => part.Text.Contains(human.LoginName, StringComparison.Ordinal));
        Assert.All(stored, part =>
            Assert.All(secrets, secret =>
                Assert.False(part.Text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret} is in {part.File}")
            )
        );
    }

    [Fact]
    public async Task A_process_with_another_master_key_does_not_start()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        await (await StartAsync(settings)).TerminateAsync();

        var other = Launch(settings.With(Setting.MasterKey, Convert.ToBase64String(new byte[32])));
        await other.WaitForExitAsync(TimeSpan.FromMinutes(3));

        Assert.NotEqual(0, other.ExitCode);
        Assert.Contains("is not the one that the secrets in this database are encrypted with", other.Output, StringComparison.Ordinal);
        await StartAsync(settings);
    }
}
