using System.Text;

namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Logins that wait, move to another node, or meet a restart, and the data that they leave behind.</summary>
public sealed class LoginsOverTimeTests(OidcProviderProcess upstream, SharedClusters clusters) : OwnHosts
{
    private const string LoginLifetime = "Sessions__Intents__LoginLifetime";
    private const string Lifetime = "Sessions__Intents__Lifetime";
    private const string Retention = "Sessions__Intents__Retention";

    [Fact]
    public async Task A_login_that_was_begun_before_a_restart_is_finished_after_it()
    {
        var folder = NewFolder();
        var settings = HostSettings.Shared.With(Setting.DataPath, folder);
        var before = await StartAsync(settings);
        var admin = Admin(before);
        var provider = await admin.AddProviderAsync(await upstream.IssuerAsync());
        var subject = await upstream.NewAccountAsync(new { });
        var human = await admin.NewHumanAsync();
        (await admin.LinkAsync(human.Id, provider, subject)).Expect(200);
        using var browser = new Browser();
        var callback = await browser.LogInAsync(await admin.AuthUrlAsync(provider), subject);

        await before.KillAsync();
        admin = admin.At(await StartAsync(settings));
        var login = Succeeded(await browser.ArriveAsync(new Uri(admin.Host.Address, callback.PathAndQuery)));
        await admin.Host.KillAsync();
        admin = admin.At(await StartAsync(settings));

        Assert.Equal(human.Id, login.UserId);
        (await admin.RetrieveAsync(login)).Expect(200);
        (await admin.UseAsync(human.Id, login)).Expect(201);
        await admin.Host.KillAsync();
        admin = admin.At(await StartAsync(settings));
        (await admin.UseAsync(human.Id, login)).Expect(Failures.IntentNotSucceeded);
    }

    [Fact]
    public async Task Any_node_finishes_what_another_one_began()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var provider = await a.AddProviderAsync(await upstream.IssuerAsync());
        for (var i = 0; i < 6; i++)
        {
            var subject = await upstream.NewAccountAsync(new { });
            var human = await b.NewHumanAsync();
            (await b.LinkAsync(human.Id, provider, subject)).Expect(200);
            using var browser = new Browser();
            var callback = await browser.LogInAsync(await a.AuthUrlAsync(provider), subject);

            var login = Succeeded(await browser.ArriveAsync(new Uri(b.Host.Address, callback.PathAndQuery)));

            Assert.Equal(human.Id, login.UserId);
            (await a.RetrieveAsync(login)).Expect(200);
            var uses = await Task.WhenAll(Enumerable.Range(0, 10).Select(use => (use % 2 == 0 ? a : b).UseAsync(human.Id, login)));
            Assert.Single(uses, reply => reply.Status == 201);
        }
    }

    [Fact]
    public async Task A_login_that_takes_too_long_is_over()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With(LoginLifetime, "00:00:01")));
        var provider = await admin.AddProviderAsync(await upstream.IssuerAsync());
        using var browser = new Browser();
        var callback = await browser.LogInAsync(await admin.AuthUrlAsync(provider), await upstream.NewAccountAsync(new { }));

        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);

        Assert.Equal("IDP-Exp1r", (await browser.ArriveAsync(callback)).Expect(FailureUrl)["error"]);
    }

    [Fact]
    public async Task A_login_is_not_good_for_ever_and_is_forgotten_later()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With(Lifetime, "00:00:02").With(Retention, "00:00:15")));
        var provider = await admin.AddProviderAsync(await upstream.IssuerAsync());
        var subject = await upstream.NewAccountAsync(new { });
        var human = await admin.NewHumanAsync();
        (await admin.LinkAsync(human.Id, provider, subject)).Expect(200);
        var login = await admin.LogInAtAsync(provider, subject);

        await Eventually.GetAsync(
            () => admin.RetrieveAsync(login),
            reply => reply.Status == 400,
            TimeSpan.FromSeconds(5),
            "the end of the login"
        );

        (await admin.RetrieveAsync(login)).Expect(Failures.IntentResultExpired);
        (await admin.UseAsync(human.Id, login)).Expect(Failures.IntentExpired);
        await Eventually.StatusAsync(403, () => admin.RetrieveAsync(login), TimeSpan.FromSeconds(30));
        (await admin.RetrieveAsync(login)).Expect(Failures.IntentTokenWrong);
    }

    [Fact]
    public async Task A_provider_of_the_configuration_is_there_from_the_beginning()
    {
        const string section = "Sessions__IdentityProviders__0__";
        var admin = Admin(
            await StartAsync(
                HostSettings
                    .Shared.With($"{section}Id", "corp")
                    .With($"{section}Name", "Corporation")
                    .With($"{section}Issuer", await upstream.IssuerAsync())
                    .With($"{section}ClientId", OidcProviderProcess.ClientId)
                    .With($"{section}ClientSecret", OidcProviderProcess.ClientSecret)
                    .With($"{section}AutoLinking", "Email")
            )
        );
        var email = $"{Unique("mail")}@example.com";
        var body = HumanBody(Unique("human"));
        body["email"] = new { email, isVerified = true };
        var human = (await admin.PostAsync("/v2/users/human", body)).Expect(200).Text("userId");

        var listed = (await admin.GetAsync("/v2/settings/login/idps")).Expect(200);
        Assert.Equal(["corp"], listed.Texts("identityProviders", "id"));
        Assert.Equal("Corporation", (await admin.GetAsync("/v2/idps/corp")).Expect(200).Text("idp.name"));
        Assert.Equal(
            human,
            (await admin.LogInAtAsync("corp", await upstream.NewAccountAsync(new { email, email_verified = true }))).UserId
        );
        Assert.Equal("COMMAND-idpCf", (await admin.DeleteAsync("/admin/v1/idps/templates/corp")).Expect(400).Text("details.0.id"));
    }

    [Fact]
    public async Task Wrong_providers_in_the_configuration_end_the_start()
    {
        var settings = HostSettings.Default;
        foreach (var (place, wrong, value) in new[] { (0, "Id", ""), (1, "Issuer", "http://provider.example.com"), (2, "ClientId", "") })
        {
            var section = $"Sessions__IdentityProviders__{place}__";
            settings = settings
                .With($"{section}Id", $"corp{place}")
                .With($"{section}Name", "Corporation")
                .With($"{section}Issuer", "https://provider.example.com")
                .With($"{section}ClientId", "client")
                .With($"{section}{wrong}", value);
        }

        var host = Launch(settings);
        await host.WaitForExitAsync(TimeSpan.FromMinutes(3));

        Assert.NotEqual(0, host.ExitCode);
        foreach (var key in new[] { "0:Id must", "1: issuer", "2: clientId" })
        {
            Assert.Contains($"Sessions:IdentityProviders:{key}", host.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Asvs("10.1.1")]
    public async Task No_secret_of_a_login_is_stored_or_logged_as_it_is()
    {
        var host = await StartAsync(HostSettings.Shared.With(Setting.LogLevel, "Debug").With(Setting.DataPath, NewFolder()));
        var admin = Admin(host);
        var provider = await admin.AddProviderAsync(await upstream.IssuerAsync());
        var name = Unique("mouse");
        using var browser = new Browser();
        var authUrl = await admin.AuthUrlAsync(provider);
        var callback = await browser.LogInAsync(authUrl, await upstream.NewAccountAsync(new { family_name = name }));
        var login = Succeeded(await browser.ArriveAsync(callback));
        var retrieved = (await admin.RetrieveAsync(login)).Expect(200);
        await host.TerminateAsync();

        string[] secrets =
        [
            OidcProviderProcess.ClientSecret,
            login.Token,
            Landing.Parameters(callback)["code"],
            Landing.Parameters(callback)["state"],
            Landing.Parameters(new Uri(authUrl))["nonce"],
            retrieved.Text("idpInformation.oauth.accessToken"),
            retrieved.Text("idpInformation.oauth.idToken"),
            name,
        ];
        var stored = Directory
            .GetFiles(host.DataPath, "*", SearchOption.AllDirectories)
            .Select(file => (File: new FileInfo(file).Name, Text: Encoding.Latin1.GetString(File.ReadAllBytes(file))))
            .Append((File: "log", Text: host.Output))
            .ToList();

        Assert.Contains(stored, part => part.Text.Contains(login.IntentId, StringComparison.Ordinal));
        Assert.All(stored, part =>
            Assert.All(secrets, secret => Assert.False(part.Text.Contains(secret, StringComparison.Ordinal), $"{secret} is in {part.File}"))
        );
    }
}
